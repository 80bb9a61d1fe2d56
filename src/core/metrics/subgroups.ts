import { type BootstrapOptions, intervals } from './bootstrap';
import { type ClassifierMeasured, type ClassifierSample, headlineFigures } from './classifier';

/** The same figures for parts of the images: by age, sex, site. Small parts are listed, not scored. */

/** An interval over fewer images says nothing. */
export const minImages = 20;

export interface Subgroup {
  field: string;
  /** "unknown" where the table says nothing. */
  value: string;
  count: number;
  /** Null under `minImages` images. */
  metrics: Pick<ClassifierMeasured['metrics'], 'accuracy' | 'balancedAccuracy' | 'auc'> | null;
}

/** "0-29", "30-49", "50-69", "70+" or "unknown", of years. */
export function ageBand(age: number | null): string {
  if (age === null || !(age >= 0 && age < 200)) return 'unknown';
  if (age < 30) return '0-29';
  if (age < 50) return '30-49';
  return age < 70 ? '50-69' : '70+';
}

/** The images of one value of a field. */
export interface Part {
  field: string;
  value: string;
  indices: number[];
}

/**
 * Every value of every field that splits the images, ages from young to old, else the largest first.
 * `fields`: one value an image.
 */
export function partsOf(fields: Readonly<Record<string, readonly string[]>>): Part[] {
  return Object.entries(fields).flatMap(([field, values]) => {
    const parts = new Map<string, number[]>();
    values.forEach((value, index) => {
      const indices = parts.get(value);
      if (indices) indices.push(index);
      else parts.set(value, [index]);
    });
    if (parts.size < 2) return [];
    return [...parts]
      .sort(([a, m], [b, n]) => (field === 'age' ? 0 : n.length - m.length) || a.localeCompare(b))
      .map(([value, indices]) => ({ field, value, indices }));
  });
}

/** A row for each part (`partsOf`). */
export function measureSubgroups(
  sample: ClassifierSample,
  fields: Readonly<Record<string, readonly string[]>>,
  options: BootstrapOptions = {},
): Subgroup[] {
  return partsOf(fields).map(({ field, value, indices }) => ({
    field,
    value,
    count: indices.length,
    metrics: within(sample, indices, options),
  }));
}

function within(
  sample: ClassifierSample,
  indices: readonly number[],
  options: BootstrapOptions,
): Subgroup['metrics'] {
  if (indices.length < minImages) return null;
  const inside = <Item>(items: readonly Item[]) => indices.map((index) => items[index] as Item);
  const figures = headlineFigures({
    classes: sample.classes,
    truth: inside(sample.truth),
    probabilities: inside(sample.probabilities),
  });
  const {
    accuracy = null,
    balancedAccuracy = null,
    auc = null,
  } = intervals(figures, inside(sample.groups), options);
  return { accuracy, balancedAccuracy, auc };
}
