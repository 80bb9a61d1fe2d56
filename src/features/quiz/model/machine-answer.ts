import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { inOrder, networksOf } from '../../../core/card/recommended';
import type { ClassList } from '../../../core/decision/class-list';
import { type EvidenceQuality, evidenceQuality } from '../../../core/decision/evidence';
import { verdictOf } from '../../../core/decision/verdict';
import type { Square } from '../../../core/geometry';
import { diagnoses } from '../../../core/teaching/case-list';
import { isSuspicious } from '../../../core/teaching/suspicious';
import type { Choice } from './score';
import { type Mode, modeOf } from './score';
import { diagnosisForLabel, type TeachingCase } from './teaching-set';

/** What one network says by itself. */
export interface Opinion {
  packageId: string;
  /** The class that it finds most probable. */
  first: string;
  /** Over its own threshold; null where it has none. */
  flagged: boolean | null;
}

/** What the machine said of a photo, as it is kept. */
export interface MachineAnswer {
  photo: string;
  /** What was asked: the hashes of the packages. An answer of another version is another answer. */
  asked: string;
  packageId: string;
  /** Calibrated, 0 to 1, in the order of the card's classes. */
  probabilities: { id: string; probability: number }[];
  first: string;
  flagged: boolean | null;
  /**
   * What the flag is by: the flagged classes added up, against the threshold, 0 to 1. Missing where the package
   * has no threshold, and in an answer that an earlier version kept.
   */
  sum?: { probability: number; threshold: number };
  /** What cannot be ruled out. Missing in an answer that an earlier version kept. */
  listed?: Pick<ClassList, 'classes' | 'words'>;
  /** The photo is too unlike what the package knows: its numbers mean little. */
  noResult: boolean;
  /** Each network by itself: the members of a panel, or the package and one more. */
  opinions: Opinion[];
}

/** Where the package found evidence, over the square that it saw. */
export interface MachineMap {
  classId: string;
  width: number;
  height: number;
  values: Float32Array;
  square: Square;
  /** Pixels of the photo, upright. */
  photo: { width: number; height: number };
}

/** The packages that a photo is shown to. */
export interface MachineCards {
  /** The one that answers. */
  card: Card;
  /** Another network beside it, where the one that answers is none of several. */
  beside: Card | null;
  /** The networks whose answers are held against each other. */
  networks: Card[];
  /** Whether it tells all seven diagnoses apart. */
  tellsAll: boolean;
}

const tellsAllSeven = ({ classes }: Card): boolean =>
  diagnoses.every((diagnosis) => classes.some(({ id }) => diagnosisForLabel(id) === diagnosis));

/**
 * The recommended package for dermoscopy that needs a photo alone and tells the seven diagnoses apart; if
 * none does, one that tells fewer. A panel's members are the networks that may part; a single network
 * gets the next one beside it. `cards`: what the site offers. Null where nothing fits.
 */
export function machineCards(cards: readonly Card[]): MachineCards | null {
  const alone = inOrder(cards, 'dermoscopy').filter(({ task, metadata }) => task !== 'fusion' && !metadata);
  const able = alone.filter(tellsAllSeven);
  const card = able[0] ?? alone[0];
  if (!card) return null;
  const others = able.filter(({ id, task }) => id !== card.id && task !== 'panel');
  const beside = card.task === 'panel' ? null : (others[0] ?? null);
  const networks = card.task === 'panel' ? networksOf(card, cards) : [card, ...(beside ? [beside] : [])];
  return { card, beside, networks, tellsAll: able.length > 0 };
}

/** What is kept of an analysis. `beside`: the other network's, where one was asked. */
export function answerFrom(
  about: { photo: string; asked: string },
  { card, beside }: Pick<MachineCards, 'card' | 'beside'>,
  analysis: Analysis,
  other: Analysis | null,
): MachineAnswer {
  const own = opinionOf(card, analysis);
  const { decision } = analysis;
  const { list, noResult } = verdictOf(card, analysis);
  return {
    ...about,
    packageId: card.id,
    probabilities: analysis.probabilities.map(({ id, calibrated }) => ({ id, probability: calibrated })),
    first: own.first,
    flagged: own.flagged,
    ...(decision && { sum: { probability: decision.probability, threshold: decision.threshold } }),
    listed: { classes: list.classes, words: list.words },
    noResult: noResult !== null,
    opinions: analysis.panel
      ? analysis.panel.map(({ packageId, logits, flagged }) => ({
          packageId,
          first: card.classes[logits.indexOf(Math.max(...logits))]?.id ?? '',
          flagged,
        }))
      : [own, ...(beside && other ? [opinionOf(beside, other)] : [])],
  };
}

function opinionOf({ id }: Card, { probabilities, decision }: Analysis): Opinion {
  const first = probabilities.reduce((best, next) => (next.calibrated > best.calibrated ? next : best));
  return { packageId: id, first: first.id, flagged: decision?.above ?? null };
}

/** The evidence for the class that an answer is explained by; null where the package gives none. */
export function mapFrom(card: Card, analysis: Analysis): MachineMap | null {
  const { activation, square, photo } = analysis;
  const { explained } = verdictOf(card, analysis);
  const plane = activation?.planes.find(({ classId }) => classId === explained);
  if (!activation || !plane) return null;
  const { width, height } = activation;
  return { classId: explained, width, height, values: plane.values, square, photo };
}

/**
 * Whether the map points at anything. No outline was asked for, so nobody can tell whether the evidence lies
 * outside of the lesion.
 */
export function mapDoubt({ photo, square, ...map }: MachineMap): EvidenceQuality['doubt'] {
  return evidenceQuality(map, { photo, square, mask: null }).doubt;
}

/** Where the networks part, they agree, or nobody has asked them yet. */
export type Difficulty = 'part' | 'agree' | 'not-measured';

/** Of one network alone: how far its first class lies before the second, 0 to 1, for it to be called sure. */
const sure = 0.5;

/**
 * Networks part on a photo where they name another class first, or where some flag it and some do not. Where
 * there is one network alone, its own margin stands in.
 */
export function difficultyOf(answer: MachineAnswer | undefined): Difficulty {
  if (!answer) return 'not-measured';
  const { opinions, probabilities } = answer;
  if (opinions.length > 1) {
    const names = new Set(opinions.map(({ first }) => diagnosisForLabel(first) ?? first));
    const flags = new Set(opinions.flatMap(({ flagged }) => flagged ?? []));
    return names.size > 1 || flags.size > 1 ? 'part' : 'agree';
  }
  const [first = 0, second = 0] = probabilities.map(({ probability }) => probability).sort((a, b) => b - a);
  return first - second < sure ? 'part' : 'agree';
}

/**
 * Whether the machine was right, by what the student was asked: its first class, or its flag. Null where it
 * does not tell, and where it gave no result.
 */
export function machineRight(
  answer: MachineAnswer,
  { diagnosis }: Pick<TeachingCase, 'diagnosis'>,
  choice: Choice,
  tellsAll: boolean,
): boolean | null {
  const mode: Mode = modeOf({ choice });
  if (diagnosis === null || answer.noResult) return null;
  if (mode === 'two') return answer.flagged === null ? null : answer.flagged === isSuspicious(diagnosis);
  return tellsAll ? diagnosisForLabel(answer.first) === diagnosis : null;
}
