/**
 * One look at a kiosk that runs: by name, a size in bytes or a count. Null where the browser does not say.
 */
export type Reading = Record<string, number | null>;

/** What a measure may grow by over the second half of a soak, measured along its trend. */
export interface Allowance {
  /** In the measure's own unit. */
  absolute: number;
  /** Share of its mean, 0 to 1. */
  relative: number;
}

export interface Trend {
  name: string;
  first: number;
  last: number;
  /** Along the straight line of least squares through the second half, from its begin to its end. */
  growth: number;
  allowed: number;
  flat: boolean;
}

/**
 * The trends of the second half of the readings, the first half being for caches to fill and for compilers to
 * warm up. Measures without an allowance, and those that were null once, are left out. Throws RangeError with
 * fewer than eight readings: that is no trend.
 */
export function trends(readings: readonly Reading[], allowances: Record<string, Allowance>): Trend[] {
  if (readings.length < 8) throw new RangeError(`${readings.length} readings make no trend; eight do.`);
  const half = readings.slice(Math.floor(readings.length / 2));
  return Object.entries(allowances).flatMap(([name, { absolute, relative }]) => {
    const values = half.map((reading) => reading[name]);
    if (!values.every((value) => typeof value === 'number')) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const growth = slope(values) * (values.length - 1);
    const allowed = absolute + relative * mean;
    const [first = 0] = values;
    return [{ name, first, last: values.at(-1) ?? 0, growth, allowed, flat: growth <= allowed }];
  });
}

/** Of the straight line of least squares through values at 0, 1, 2, ... */
export function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const above = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  const below = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return below === 0 ? 0 : above / below;
}
