import type { SharedModel } from '../../../core/evaluation/results-file';
import type { TargetCurves } from '../../../core/metrics/banded-curves';
import type { Estimate } from '../../../core/metrics/bootstrap';

/** A model's results as they are drawn beside those of others, one's own or of an opened file. */
export interface Series {
  /** Unlike that of every other. */
  key: string;
  title: string;
  model: SharedModel;
}

export interface SeriesTarget extends Series {
  target: TargetCurves;
}

/** What may be called positive: what each model flags ("own"), and each class that some model has curves of. */
export function targetIds(series: readonly Series[]): string[] {
  const own = series.some((each) => targetFor(each, 'own')) ? ['own'] : [];
  const classes = series.flatMap(({ model }) =>
    model.curves.flatMap(({ positive: [only, ...others] }) =>
      only !== undefined && others.length === 0 ? [only] : [],
    ),
  );
  return [...own, ...new Set(classes)];
}

/** The curves of one thing that may be called positive; null where the model has none. */
export function targetFor({ model }: Series, id: string): TargetCurves | null {
  const wanted = id === 'own' ? model.decision?.positive : [id];
  return (wanted && model.curves.find(({ positive }) => positive.join(' ') === wanted.join(' '))) ?? null;
}

/** Areas under the curves that are shown, with the intervals that were measured with the other figures. */
export function areasOf({
  model,
  target,
}: SeriesTarget): Record<'auc' | 'averagePrecision', Estimate | null> {
  const [only = '', ...others] = target.positive;
  const ofClass = model.perClass.find(({ id }) => id === only)?.figures;
  const figures = others.length === 0 ? ofClass : model.decision?.figures;
  return { auc: figures?.auc ?? null, averagePrecision: figures?.averagePrecision ?? null };
}
