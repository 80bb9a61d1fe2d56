import { useTranslation } from 'react-i18next';
import { netBenefitOfAll } from '../../../core/metrics/net-benefit';
import { useLanguage } from '../../../ui/context';
import { formatShare } from '../../../ui/format';
import { CurvePlot } from '../../../ui/plots/CurvePlot';
import type { Curve } from '../../../ui/plots/curve';
import { PlotFigure } from '../../../ui/plots/PlotFigure';
import type { SeriesTarget } from './series';

interface Props {
  /** The file's name. */
  name: string;
  targets: readonly SeriesTarget[];
  /** A title as the legend has room for it. */
  label: (title: string) => string;
}

/** Decision curves: what acting on each model is worth, beside acting on everybody and on nobody. */
export function NetBenefitPlot({ name, targets, label }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const models = targets.map(
    ({ key, title, target }): Curve => ({
      id: key,
      label: label(title),
      points: target.netBenefit.points.map(([x, y]) => ({ x, y })),
      band: target.netBenefit.band.map(([x, low, high]) => ({ x, low, high })),
    }),
  );
  const prevalences = [
    ...new Set(targets.map(({ target }) => target.positives / (target.positives + target.negatives))),
  ];
  const everybody = prevalences.map(
    (prevalence, index): Curve => ({
      id: `all ${index}`,
      label: t('evaluate.netBenefit.all', { share: formatShare(prevalence, language) }),
      points: (models[0]?.points ?? []).map(({ x }) => ({ x, y: netBenefitOfAll(prevalence, x) })),
    }),
  );
  const ticks = ticksTo(Math.max(...prevalences));
  // What is far below 0 is of no use to anybody, and would leave no room for what is.
  const inside = ({ points, ...curve }: Curve): Curve => ({
    ...curve,
    points: points.filter(({ y }) => y >= (ticks[0] ?? 0)),
  });
  return (
    <PlotFigure
      name={name}
      heading={t('evaluate.netBenefit.heading')}
      summary={t('evaluate.netBenefit.summary')}
    >
      <CurvePlot
        curves={[...models, ...everybody].map(inside)}
        xLabel={t('evaluate.netBenefit.threshold')}
        yLabel={t('evaluate.netBenefit.value')}
        reference={{ from: { x: 0, y: 0 }, to: { x: 1, y: 0 } }}
        legend="top-right"
        yTicks={ticks}
      />
    </PlotFigure>
  );
}

/** From a step below 0 to above `highest`, which no net benefit exceeds: the share of positives. */
function ticksTo(highest: number): number[] {
  const step = [0.01, 0.02, 0.05, 0.1].find((each) => highest / each <= 5) ?? 0.2;
  const count = Math.ceil(highest / step + 1e-9);
  return Array.from({ length: count + 2 }, (_, index) => Number(((index - 1) * step).toFixed(2)));
}
