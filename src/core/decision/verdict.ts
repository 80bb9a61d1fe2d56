import type { Analysis } from '../analysis';
import type { Card, Kind } from '../card/card';
import { type ClassList, classList, filledSet } from './class-list';
import { type Flag, flagOf, worstKind } from './flag';
import { type OtherVersion, otherVersion } from './other-version';
import { type PanelSpread, panelSpread } from './panel';
import { type ClassProbability, coarseProbabilities } from './probability';
import { type Rules, rulesOf, type SiteCalibration } from './site-calibration';

/**
 * What an analysis lets us say, in the order in which it is said: flagged or not, what cannot be ruled out,
 * the classes. Every place that words an answer words this and nothing else, so that none can hide a flag or
 * word a melanoma away.
 */
export interface Verdict {
  /** What leads: `verdict.<headline>` of the language files. */
  headline: 'no-result' | 'flagged' | 'not-flagged' | 'most-probable';
  /**
   * Why there is no result; null where there is one. Numbers mean little then, but a flag is said all the
   * same.
   */
  noResult: 'out-of-distribution' | null;
  /** Null where nothing was decided: the package had no threshold. */
  flag: Flag | null;
  list: ClassList;
  /**
   * The most probable answer, the classes of one thing taken together. It leads only where there is no
   * threshold.
   */
  top: NamedAnswer;
  /**
   * The class whose evidence is shown: of a flagged photo the most probable of those that the flag adds up.
   */
  explained: string;
  /** How far the members of a panel are apart; null for other packages. */
  spread: PanelSpread | null;
  /** The calibration of this site that the numbers are by; null for the package's own. */
  site: SiteCalibration | null;
  /** The version that judged, where it is another than the card's: then nothing is claimed that only that card knew. */
  otherVersion: OtherVersion | null;
}

/** A flag of an answer without a result, which no screen may hide. */
export const isFlaggedAllTheSame = ({ noResult, flag }: Pick<Verdict, 'noResult' | 'flag'>): boolean =>
  noResult !== null && flag?.flagged === true;

type Judged = Pick<
  Analysis,
  'provenance' | 'probabilities' | 'conformalSet' | 'decision' | 'outOfDistribution'
> &
  Partial<Pick<Analysis, 'unsure' | 'panel' | 'siteCalibration'>>;

type Judge = Pick<Card, 'version' | 'classes' | 'merge' | 'calibration' | 'decision'>;

/**
 * `analysis`: as it was decided, at a sensitivity that the user asked for too (`decidedFor`). Throws where
 * there are no probabilities.
 */
export function verdictOf(card: Judge, analysis: Judged): Verdict {
  const { probabilities, decision, outOfDistribution } = analysis;
  const [first] = probabilities;
  if (!first) throw new RangeError('An analysis without probabilities has no verdict.');
  const site = analysis.siteCalibration ?? null;
  const other = otherVersion(card, analysis.provenance);
  const rules = rulesOf(card, site);
  const worth = other ? keptWorth(rules, site) : rules;
  const flag = decision && flagOf(decision, worth.decision, card.classes);
  const mostProbable = largest(probabilities, first);
  const { classes: set, unsure } = filledSet(analysis);
  const flagged = probabilities.filter(({ id }) => flag?.flagged && flag.positive.includes(id));
  const noResult = outOfDistribution?.refused ? 'out-of-distribution' : null;
  return {
    headline: noResult ? 'no-result' : !flag ? 'most-probable' : flag.flagged ? 'flagged' : 'not-flagged',
    noResult,
    flag,
    list: classList(card, worth, probabilities, { set, unsure, flag }),
    top: topAnswer(card, probabilities),
    explained: largest(flagged, mostProbable).id,
    spread: analysis.panel ? panelSpread(analysis.panel) : null,
    site,
    otherVersion: other,
  };
}

/** What is known of the rules of an answer by another version: those of the site, which are kept with it. */
const keptWorth = (rules: Rules, site: SiteCalibration | null) => ({
  conformal: site && rules.conformal,
  decision: site?.decision ? rules.decision : null,
});

function largest(of: readonly ClassProbability[], fallback: ClassProbability): ClassProbability {
  return of.reduce(
    (best, probability) => (probability.calibrated > best.calibrated ? probability : best),
    of[0] ?? fallback,
  );
}

/** An answer that a card can give: one of its classes, or several that it merges. */
export interface NamedAnswer {
  id: string;
  name: Card['title'];
  /** The most urgent of its classes'. */
  kind: Kind;
  /** Calibrated, 0 to 1. */
  probability: number;
}

/**
 * The merged answers in the order of the card; its classes where it merges none. `values`: one for each
 * class, in the order of the card.
 */
export function coarseAnswers(
  { classes, merge: coarseClasses }: Pick<Card, 'classes' | 'merge'>,
  values: readonly number[],
): NamedAnswer[] {
  const all = coarseClasses ?? classes.map(({ id, name }) => ({ id, name, classes: [id] }));
  const sums = coarseProbabilities(
    all,
    classes.map(({ id }) => id),
    values,
  );
  return all.map(({ id, name, classes: parts }, index) => ({
    id,
    name,
    kind: worstKind(classes.filter((cardClass) => parts.includes(cardClass.id)).map(({ kind }) => kind)),
    probability: sums[index]?.probability ?? 0,
  }));
}

/** The calibrated probabilities in the order of a card's classes. */
export function calibratedBy(
  { classes }: Pick<Card, 'classes'>,
  probabilities: readonly ClassProbability[],
): number[] {
  return classes.map(({ id }) => probabilities.find((probability) => probability.id === id)?.calibrated ?? 0);
}

/** Of two names for one thing neither is left behind for having half of it. */
function topAnswer(card: Pick<Card, 'classes' | 'merge'>, probabilities: readonly ClassProbability[]) {
  const answers = coarseAnswers(card, calibratedBy(card, probabilities));
  return answers.reduce((best, answer) => (answer.probability > best.probability ? answer : best));
}
