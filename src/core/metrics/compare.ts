import { type BootstrapOptions, type Estimate, type Figures, intervals } from './bootstrap';

/** Is one model better than another on the same images? */

export interface McNemar {
  /** Images that only the first got right. */
  onlyFirst: number;
  onlySecond: number;
  bothRight: number;
  bothWrong: number;
  /** Two-sided, exact: 1 where the two never differ. */
  p: number;
}

/**
 * McNemar's test (1947) of two models' errors, exact: under the null hypothesis each image that only one got
 * right is as likely the first's as the second's, so their number is binomial with 1/2. It takes images as
 * independent: with several photos a lesion, trust the bootstrap over groups first.
 */
export function mcnemar(firstRight: readonly boolean[], secondRight: readonly boolean[]): McNemar {
  const count = (first: boolean, second: boolean) =>
    firstRight.filter((right, index) => right === first && secondRight[index] === second).length;
  const onlyFirst = count(true, false);
  const onlySecond = count(false, true);
  return {
    onlyFirst,
    onlySecond,
    bothRight: count(true, true),
    bothWrong: count(false, false),
    p: Math.min(1, 2 * halfTail(Math.min(onlyFirst, onlySecond), onlyFirst + onlySecond)),
  };
}

/**
 * Each figure of the first model less the same of the second, with 95 % intervals, both on the same draws
 * (paired).
 */
export function differences(
  first: Figures,
  second: Figures,
  groups: readonly string[],
  options?: BootstrapOptions,
): Record<string, Estimate | null> {
  return intervals(
    (weights) => {
      const theirs = second(weights);
      return Object.fromEntries(
        Object.entries(first(weights)).map(([name, value]) => [name, value - (theirs[name] ?? Number.NaN)]),
      );
    },
    groups,
    options,
  );
}

/**
 * P(X <= most) of a binomial with `trials` trials and chance 1/2. In logarithms: 2^-trials alone would be 0
 * past 1074 trials.
 */
function halfTail(max: number, trials: number): number {
  let logTerm = -trials * Math.LN2;
  let total = Math.exp(logTerm);
  for (let k = 1; k <= max; k++) {
    logTerm += Math.log((trials - k + 1) / k);
    total += Math.exp(logTerm);
  }
  return total;
}
