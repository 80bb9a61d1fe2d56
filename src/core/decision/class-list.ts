import type { Analysis } from '../analysis';
import type { Card } from '../card/card';
import type { Flag } from './flag';
import type { PredictionSet } from './prediction-set';
import type { ClassProbability } from './probability';
import type { Rules } from './site-calibration';

/** What cannot be ruled out, and what such a list is worth. */
export interface ClassList {
  /** Class ids, the most probable first. Never empty. */
  classes: string[];
  /**
   * Those among them that are there because the photo is flagged: the prediction set held no class that the
   * flag adds up.
   */
  forFlag: string[];
  /** No class was probable enough, and the most probable one stands in. */
  unsure: boolean;
  /** The words: `list.<words>` of the language files. */
  words: 'one' | 'some' | 'all' | 'unsure';
  /**
   * The share of photos that such lists are made to hold (0 to 1), for each class by itself or over all photos only.
   * Null where it is not known: another version of the model judged.
   */
  promise: { coverage: number; method: Rules['conformal']['method'] } | null;
  /**
   * Classes of too few photos, whose quantile is fitted together with others of their kind: the promise is of
   * them together.
   */
  pooled: string[];
  /** Over all test photos: the share whose list holds the true class; null where nobody measured it. */
  held: number | null;
  /**
   * For each class that must not be missed, or for all where none is more urgent than the others: of how many test
   * photos of it (`count`) how many lists held it, and of 100. Empty where nobody measured it. With classes added for a
   * flag a list holds more than what was measured, never less.
   */
  heldByClass: { class: string; ofHundred: number; held: number; count: number }[];
}

/** `set`: the prediction set of the photo, the most probable class first. */
export function classList(
  { classes }: Pick<Card, 'classes'>,
  { conformal }: { conformal: Rules['conformal'] | null },
  probabilities: readonly ClassProbability[],
  { set, unsure, flag }: { set: readonly string[]; unsure: boolean; flag: Flag | null },
): ClassList {
  const missing = flag?.flagged ? missingForFlag(flag, set, probabilities) : null;
  const forFlag = missing ? [missing.id] : [];
  const ordered = [...probabilities].sort((a, b) => b.calibrated - a.calibrated).map(({ id }) => id);
  const listed = ordered.filter((id) => set.includes(id) || forFlag.includes(id));
  const urgent = classes.filter(({ kind }) => kind !== 'benign').map(({ id }) => id);
  const measured =
    conformal?.test?.perClass.filter(({ class: id }) => urgent.length === 0 || urgent.includes(id)) ?? [];
  return {
    classes: listed,
    forFlag,
    unsure,
    words: wordsFor(listed.length, classes.length, unsure),
    promise: conformal && { coverage: conformal.coverage, method: conformal.method },
    pooled: conformal ? pooledClasses(conformal) : [],
    held: conformal?.test?.coverage.value ?? null,
    heldByClass: measured.map((measured) => ({
      class: measured.class,
      // Rounded down: no promise is made larger.
      ofHundred: Math.floor(100 * measured.coverage.value + 1e-9),
      held: Math.round(measured.count * measured.coverage.value),
      count: measured.count,
    })),
  };
}

/** Ids of the classes that have no quantile of their own. */
export const pooledClasses = ({ classes }: Rules['conformal']): string[] =>
  classes.flatMap((each) => (each.pooledWith.length > 0 ? [each.class] : []));

/** What of a class tells how likely it is. */
type Likely = Pick<ClassProbability, 'id' | 'calibrated'>;

/** The set of an answer, and the classes that it is out of. */
interface Answered extends Pick<Analysis, 'conformalSet'>, Partial<Pick<Analysis, 'unsure'>> {
  probabilities: readonly Likely[];
}

/** The prediction set of an analysis, which may be empty in one of before: then the most probable class stands in. */
export function filledSet({ conformalSet, probabilities, unsure = false }: Answered): PredictionSet {
  if (conformalSet.length > 0) return { classes: conformalSet, unsure };
  const [first] = [...probabilities].sort((a, b) => b.calibrated - a.calibrated);
  return { classes: first ? [first.id] : [], unsure: true };
}

/**
 * A flagged photo has one of the flagged classes in question, whatever the set says: the most probable of
 * them. Null where the set holds one, or the photo is not flagged.
 */
export function listedForFlag({
  decision,
  conformalSet,
  probabilities,
}: Pick<Analysis, 'decision' | 'conformalSet' | 'probabilities'>): ClassProbability | null {
  if (!decision?.above) return null;
  return missingForFlag(decision, conformalSet, probabilities);
}

function missingForFlag<Class extends Likely>(
  { positive }: Pick<Flag, 'positive'>,
  set: readonly string[],
  probabilities: readonly Class[],
): Class | null {
  if (set.some((id) => positive.includes(id))) return null;
  const [first] = probabilities
    .filter(({ id }) => positive.includes(id))
    .sort((a, b) => b.calibrated - a.calibrated);
  return first ?? null;
}

/** What an analysis does not rule out, where its card is not at hand: the set, filled, with what its flag adds. */
export function listedIn(
  analysis: Answered & { decision: Pick<NonNullable<Analysis['decision']>, 'above' | 'positive'> | null },
): Pick<ClassList, 'classes' | 'words'> {
  const { classes: set, unsure } = filledSet(analysis);
  const added = analysis.decision?.above
    ? missingForFlag(analysis.decision, set, analysis.probabilities)
    : null;
  const classes = added ? [...set, added.id] : set;
  return { classes, words: wordsFor(classes.length, analysis.probabilities.length, unsure) };
}

/** Of a list of so many classes of so many. */
export function wordsFor(listed: number, all: number, unsure: boolean): ClassList['words'] {
  if (unsure) return 'unsure';
  if (listed === 1) return 'one';
  return listed === all ? 'all' : 'some';
}
