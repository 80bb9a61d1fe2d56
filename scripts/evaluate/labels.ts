import { rmSync } from 'node:fs';
import type { Card } from '../../src/core/card/card';
import { metadataFromRow } from '../../src/core/evaluation/labels';
import { factNotes } from '../../src/core/evaluation/notes';
import type { PlannedImage } from '../../src/core/evaluation/plan';
import { inShard, type Placed } from '../../src/core/evaluation/shard';
import { proposeClass } from '../../src/core/evaluation/synonyms';
import { packageHash } from '../../src/engine/package/hash';
import type { RunArguments } from './arguments';
import { type Answer, describeFailure, type OpenApp } from './browser';
import { fingerprintOf, Journal, type JournalEntry, type JournalHead } from './journal';
import { Progress } from './progress';
import type { PlannedTable } from './table';
import { sayings } from './words';
import { writeResults } from './write';

/** Images handed to the page at a time: between two chunks the progress line moves. */
const chunkSize = 8;

/** Runs the labelled images, all or a part of them, from where an earlier run stopped. */
export async function evaluateLabels(
  app: OpenApp,
  options: RunArguments,
  card: Card,
  { table, plan }: PlannedTable,
) {
  const notes = [...table.notes, ...factNotes(table, [card], ({ id }) => id)];
  for (const sentence of sayings(plan, notes)) console.error(sentence);
  const { absent, ambiguous, repeated, unlabelled } = plan;
  const { tried, withoutClass } = choose(withClasses(plan.images, card), options.limit);
  const hash = await packageHash(card);
  const { id, version, title, classes, calibration, decision } = card;
  const shard = options.shard ?? { index: 1, count: 1 };
  const head: JournalHead = {
    format: 'lentigo-evaluation-part',
    schema: 1,
    shard,
    total: tried.length,
    // With and without skin tone are two runs: answers of the one lack what the other asks for.
    fingerprint: fingerprintOf(options.skinTone ? `${hash} with skin tone` : hash, tried),
    packageHash: hash,
    card: { id, version, title, classes, calibration, decision },
    leftOut: absent.length + ambiguous.length + repeated.length + unlabelled.length + withoutClass,
  };
  for (const file of absent) console.error(`${file}: no such image in the folder; skipped.`);
  for (const file of ambiguous) console.error(`${file}: several images of the folder fit; skipped.`);
  // A part is its own file; a whole run keeps one beside its result until that is written.
  const path = options.shard ? options.out : `${options.out}.part`;
  const journal = Journal.open(path, head);
  await runShard(app, options, inShard(tried, shard), journal, plan.names);
  if (options.shard) {
    console.log(
      `Part ${shard.index} of ${shard.count} is done: ${journal.entries.length} images. Written to ${path}. ` +
        'When all parts are done, join them: npm run evaluate -- --join <the files of all parts> --out <file.json>',
    );
    return;
  }
  writeResults({ head, entries: journal.entries }, options);
  rmSync(path);
}

/** Runs the images that have no answer yet, and writes each answer down as it comes. */
async function runShard(
  app: OpenApp,
  { model, skinTone }: Pick<RunArguments, 'model' | 'skinTone'>,
  images: readonly (Placed & { item: Meant })[],
  journal: Journal,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const open = images.filter(({ place }) => !journal.hasAnswer(place));
  if (open.length < images.length) {
    const next = open[0] ? `It goes on with ${open[0].item.path}.` : 'Nothing is left to run.';
    console.error(
      `${images.length - open.length} of ${images.length} images have an answer already. ${next}`,
    );
  }
  const progress = new Progress(open.length);
  for (let start = 0; start < open.length; start += chunkSize) {
    const chunk = open.slice(start, start + chunkSize);
    const answers = await app.analyse(
      chunk.map(({ item }) => ({ path: item.path, metadata: metadataFromRow(item) })),
      model,
      { skinTone },
    );
    const entries = chunk.map(({ item, place }, index): JournalEntry => {
      const answer = answers[index];
      const file = names.get(item.path) ?? item.path;
      if (answer?.ok) return entryOf(place, file, item, answer.value);
      const failure = answer ? describeFailure(answer.failure) : 'no answer';
      progress.say(`${file}: ${failure}; skipped.`);
      return { place, kind: 'failure', file, failure };
    });
    journal.add(entries);
    progress.advance(chunk.length);
  }
  progress.end();
}

function entryOf(place: number, file: string, image: Meant, answer: Answer): JournalEntry {
  const probabilities = Object.fromEntries(
    answer.probabilities.map(({ id, calibrated }) => [id, calibrated]),
  );
  const { backend, adapter } = answer.provenance;
  return {
    place,
    kind: 'answer',
    prediction: {
      file,
      label: image.classId,
      predicted: mostProbable(probabilities),
      probabilities,
      flagged: answer.decision?.above ?? false,
      set: answer.conformalSet,
    },
    columns: image.columns,
    milliseconds: answer.milliseconds,
    ...(answer.typologyAngle === undefined ? {} : { typologyAngle: answer.typologyAngle }),
    backend,
    adapter,
  };
}

/** An image whose label means a class of the model. */
type Meant = PlannedImage & { classId: string };

/** The class that each image's label means: the id itself, or another word for it, which is then said. */
function withClasses(
  images: readonly PlannedImage[],
  { classes }: Card,
): (PlannedImage & { classId: string | null })[] {
  const labels = [...new Set(images.map(({ label }) => label))];
  const meaning = new Map(labels.map((label) => [label, proposeClass(label, classes)]));
  for (const [label, id] of meaning) {
    if (id === null)
      console.error(`The label "${label}" means no class of the model; its images are skipped.`);
    else if (id !== label) console.error(`The label "${label}" is taken for ${id}.`);
  }
  return images.map((image) => ({ ...image, classId: meaning.get(image.label) ?? null }));
}

/** The images to try, in order, until the limit; and how many on the way have a label that is no class of the model. */
function choose(
  images: readonly (PlannedImage & { classId: string | null })[],
  limit: number | null,
): { tried: Meant[]; withoutClass: number } {
  const tried: Meant[] = [];
  let withoutClass = 0;
  for (const { classId, ...image } of images) {
    if (tried.length === limit) break;
    if (classId !== null) tried.push({ ...image, classId });
    else withoutClass++;
  }
  return { tried, withoutClass };
}

function mostProbable(probabilities: Record<string, number>): string {
  return Object.entries(probabilities).reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
