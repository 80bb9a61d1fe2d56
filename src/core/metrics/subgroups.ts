import type { BootstrapOptions } from './bootstrap';
import { type ClassifierMeasured, type ClassifierSample, measureClassifier } from './classifier';

/** The same figures for parts of the images: by age, sex, site. Small parts are listed, not scored. */

/** An interval over fewer images says nothing. */
export const minImages = 20;

export interface Subgroup {
  field: string;
  /** "unknown" where the table says nothing. */
  value: string;
  count: number;
  /** Null under `leastImages` images. */
  metrics: Pick<ClassifierMeasured['metrics'], 'accuracy' | 'balancedAccuracy' | 'auc'> | null;
}

/** "0-29", "30-49", "50-69", "70+" or "unknown", of years. */
export function ageBand(age: number | null): string {
  if (age === null || !(age >= 0 && age < 200)) return 'unknown';
  if (age < 30) return '0-29';
  if (age < 50) return '30-49';
  return age < 70 ? '50-69' : '70+';
}

/**
 * A row for every value of every field that splits the images, ages from young to old, else the largest
 * first. `fields`: one value an image.
 */
export function measureSubgroups(
  sample: ClassifierSample,
  fields: Readonly<Record<string, readonly string[]>>,
  options: BootstrapOptions = {},
): Subgroup[] {
  return Object.entries(fields).flatMap(([field, values]) => {
    const counts = new Map<string, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size < 2) return [];
    return [...counts]
      .sort(([a, m], [b, n]) => (field === 'age' ? 0 : n - m) || a.localeCompare(b))
      .map(([value, count]) => ({
        field,
        value,
        count,
        metrics: within(sample, values, value, count, options),
      }));
  });
}

function within(
  sample: ClassifierSample,
  values: readonly string[],
  value: string,
  count: number,
  options: BootstrapOptions,
): Subgroup['metrics'] {
  if (count < minImages) return null;
  const inside = <Item>(items: readonly Item[]) => items.filter((_, index) => values[index] === value);
  const { accuracy, balancedAccuracy, auc } = measureClassifier(
    {
      ...sample,
      truth: inside(sample.truth),
      probabilities: inside(sample.probabilities),
      groups: inside(sample.groups),
    },
    options,
  ).metrics;
  return { accuracy, balancedAccuracy, auc };
}
