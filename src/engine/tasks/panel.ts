import type { ActivationMaps, ModelMetadata } from '../../core/analysis';
import type { NetworkCard, PanelCard } from '../../core/card/card';
import { judge } from '../../core/decision/judge';
import { joinEmbeddings } from '../../core/decision/likeness';
import { joinedLogits, type PanelMember } from '../../core/decision/panel';
import { resizeMap } from '../../core/image/activation-picture';
import type { NetworkAnswer } from './classify';

/** A member's network, with what it said. */
export interface MemberAnswer {
  card: NetworkCard;
  hash: string;
  answer: NetworkAnswer;
}

/** The answers of a panel's members, in their order, as one. There is at least one. */
export function joinAnswers(
  { panel, classes, ood }: PanelCard,
  members: readonly MemberAnswer[],
): NetworkAnswer {
  const answers = members.map(({ answer }) => answer);
  const join = (logits: readonly (readonly number[])[]) => joinedLogits(panel.members, logits);
  const views = answers.map((answer) => answer.views);
  const [first] = answers as [NetworkAnswer, ...NetworkAnswer[]];
  const scored = members.find(({ card }) => card.id === ood?.member);
  return {
    square: first.square,
    logits: join(answers.map(({ logits }) => logits)),
    views: first.views?.map((_, view) => join(views.map((rows) => rows?.[view] ?? []))) ?? null,
    oodScore: scored?.answer.oodScore ?? null,
    embedding: joinEmbeddings(
      members.map(({ answer }) => answer.embedding),
      panel.members.map(({ weight }) => weight),
    ),
    activation: joinMaps(
      panel.members.map(({ weight, temperature }, index) => ({
        maps: answers[index]?.activation ?? null,
        weight: weight / temperature,
      })),
      classes.map(({ id }) => id),
    ),
    // Each member has its own queries and its own table: there is nothing to join.
    attention: null,
    whatIf: null,
    modelMetadata: joinMetadata(answers.flatMap(({ modelMetadata }) => modelMetadata ?? [])),
    timings: {
      resize: answers.reduce((sum, { timings }) => sum + timings.resize, 0),
      network: answers.reduce((sum, { timings }) => sum + timings.network, 0),
    },
  };
}

/** What each member says by itself, by its own card. */
export function membersOf({ panel, decision }: PanelCard, members: readonly MemberAnswer[]): PanelMember[] {
  return members.map(({ card, hash, answer: { logits } }, index) => {
    const alone = judge(card, logits);
    const positive = alone.probabilities.filter(({ id }) => decision?.positive.includes(id));
    return {
      packageId: card.id,
      packageVersion: card.version,
      packageHash: hash,
      weight: panel.members[index]?.weight ?? 0,
      logits,
      probability: decision
        ? Math.min(
            1,
            positive.reduce((sum, probability) => sum + probability.calibrated, 0),
          )
        : null,
      flagged: alone.decision?.above ?? null,
    };
  });
}

/**
 * One map for each class: the members' maps, each as much as its logits weigh in the join, on the grid of the
 * finest. Null where a member has none.
 */
function joinMaps(
  members: readonly { maps: ActivationMaps | null; weight: number }[],
  ids: readonly string[],
): ActivationMaps | null {
  const found = members.flatMap(({ maps, weight }) => (maps ? [{ maps, weight }] : []));
  if (found.length < members.length) return null;
  const size = {
    width: Math.max(...found.map(({ maps }) => maps.width)),
    height: Math.max(...found.map(({ maps }) => maps.height)),
  };
  const planes = ids.map((classId) => {
    const values = new Float32Array(size.width * size.height);
    for (const { maps, weight } of found) {
      const plane = maps.planes.find((candidate) => candidate.classId === classId);
      const resized = resizeMap(plane?.values ?? new Float32Array(), maps, size);
      resized.forEach((value, at) => {
        (values[at] as number) += weight * value;
      });
    }
    return { classId, values };
  });
  return { ...size, planes };
}

/** What any of them was told, and what none of them was. */
function joinMetadata(told: readonly ModelMetadata[]): ModelMetadata | null {
  if (told.length === 0) return null;
  const used = Object.assign({}, ...told.map((metadata) => metadata.used));
  const missing = new Set(told.flatMap((metadata) => metadata.missing).filter((field) => !(field in used)));
  return { used, missing: [...missing] };
}
