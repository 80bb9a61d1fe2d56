import type { Card } from '../../../core/card/card';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import type { PlannedImage } from '../../../core/evaluation/plan';
import { inShard, type JoinProblem, joinShards, type Placed } from '../../../core/evaluation/shard';
import type { EvaluationArchive } from './archive';
import type { Draft } from './draft';
import { fingerprintOf, type PlannedRun, partsOf } from './planned-run';
import { type AnsweredRun, type EvaluationRun, newRun, type RunPart } from './run';

/** An evaluation in parts: who answers which, which parts are here, and how they become one run. */

/** The parts of one evaluation that are kept here. */
export interface KeptParts {
  fingerprint: string;
  count: number;
  name: string;
  /** In their order. */
  runs: (EvaluationRun & { part: RunPart })[];
  /** From 1: the parts that are not here, and those that have not come to their end. */
  missing: number[];
  unfinished: number[];
}

const isPart = (run: EvaluationRun): run is EvaluationRun & { part: RunPart } => run.part !== undefined;

const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** The evaluations of which parts are among `runs`. */
export function keptParts(runs: readonly EvaluationRun[]): KeptParts[] {
  const groups = new Map<string, KeptParts['runs']>();
  for (const run of runs.filter(isPart)) {
    const key = `${run.part.fingerprint}/${run.part.shard.count}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((members) => {
    const sorted = members.sort((a, b) => a.part.shard.index - b.part.shard.index);
    const [{ name, part }] = sorted as [KeptParts['runs'][number]];
    const { count } = part.shard;
    const here = sorted.map((run) => run.part.shard.index);
    return {
      fingerprint: part.fingerprint,
      count,
      name,
      runs: sorted,
      missing: numbersTo(count).filter((index) => !here.includes(index)),
      unfinished: sorted
        .filter(({ done, images }) => done < images.length)
        .map((run) => run.part.shard.index),
    };
  });
}

/** The parts that nobody has taken here, the first first. */
export function freeParts(runs: readonly EvaluationRun[], fingerprint: string, count: number): number[] {
  const kept = keptParts(runs).find((parts) => parts.fingerprint === fingerprint && parts.count === count);
  return kept ? kept.missing : numbersTo(count);
}

/**
 * Takes a part for this tab and keeps it, so that no other tab takes it too: `index` from 1, or the next that
 * is free. Null where it, or every one, is taken.
 */
async function claimPart(
  archive: Pick<EvaluationArchive, 'claim'>,
  whole: PlannedRun,
  { fingerprint, count, index }: { fingerprint: string; count: number; index: number | null },
): Promise<EvaluationRun | null> {
  for (const wanted of index === null ? numbersTo(count) : [index]) {
    const shard = { index: wanted, count };
    const images = inShard(whole.images, shard).map(({ item }) => item);
    const run = newRun({ ...whole, images, part: { shard, total: whole.images.length, fingerprint } });
    if (await archive.claim(run, [])) return run;
  }
  return null;
}

/** A run of all images, or the part of this tab, which is kept at once; null where that is taken. */
export async function beginRun(
  archive: Pick<EvaluationArchive, 'claim'>,
  draft: Draft,
  whole: PlannedRun,
  cards: readonly Card[],
): Promise<EvaluationRun | null> {
  const count = partsOf(draft, whole);
  if (count === 1) return newRun(whole);
  return claimPart(archive, whole, {
    fingerprint: await fingerprintOf(whole, cards),
    count,
    index: draft.part,
  });
}

/**
 * One run of all parts: its images are in the order of a run that was never cut, so that every figure is that
 * of such a run.
 */
export function joinParts(
  parts: readonly AnsweredRun[],
): { ok: true; joined: AnsweredRun } | { ok: false; problem: JoinProblem } {
  const entries = parts.flatMap(({ run, answers }) =>
    isPart(run) ? [{ ...run.part, entries: entriesOf(run, answers) }] : [],
  );
  const result = joinShards(entries);
  if (!result.ok) return result;
  const runs = parts.map(({ run }) => run);
  const [first] = runs as [EvaluationRun];
  const images = result.entries.map(({ image }) => image);
  const { part: _, ...about } = first;
  const provenance = Object.assign({}, ...[...runs].reverse().map((run) => run.provenance));
  const backends = runs.flatMap((run) => Object.values(run.provenance).map(({ backend }) => backend));
  return {
    ok: true,
    joined: {
      run: {
        ...about,
        id: crypto.randomUUID(),
        createdAt: runs.map(({ createdAt }) => createdAt).sort()[0] as string,
        provenance,
        images,
        state: 'done',
        done: images.length,
        joined: { parts: runs.length, backends: [...new Set(backends)].sort() },
      },
      answers: new Map(result.entries.map(({ answer }) => [answer.path, answer])),
    },
  };
}

type Entry = Placed & { image: PlannedImage; answer: ImageAnswer };

/** The answers with their places among all images: image k of part i of n is the one at i - 1 + k n. */
function entriesOf(
  { images, part: { shard } }: EvaluationRun & { part: RunPart },
  answers: ReadonlyMap<string, ImageAnswer>,
): Entry[] {
  return images.flatMap((image, at) => {
    const answer = answers.get(image.path);
    return answer ? [{ place: shard.index - 1 + at * shard.count, image, answer }] : [];
  });
}
