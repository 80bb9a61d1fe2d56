import { useTranslation } from 'react-i18next';
import { CurvePlot } from './CurvePlot';
import type { Curve } from './curve';
import { PlotFigure } from './PlotFigure';

interface Props {
  /** x: recall, y: precision. */
  curves: readonly Curve[];
  highlighted?: string;
  point?: { x: number; y: number } | null;
  /** Share of positives, 0 to 1: the precision of a model that knows nothing. */
  baseline?: number;
  /** Below the plot, where the labels hold no average precision. */
  summary?: string;
  name?: string;
}

/** Precision against recall, one curve a class. */
export function PrecisionRecallPlot({
  curves,
  highlighted,
  point,
  baseline,
  summary,
  name = 'precision-recall',
}: Props) {
  const { t } = useTranslation();
  const areas = curves.map(({ label }) => label).join('; ');
  return (
    <PlotFigure
      name={name}
      heading={t('plots.precisionRecall')}
      summary={summary ?? t('plots.precisionRecallSummary', { areas })}
    >
      <CurvePlot
        curves={curves}
        highlighted={highlighted}
        point={point}
        xLabel={t('plots.recall')}
        yLabel={t('plots.precision')}
        reference={
          baseline === undefined ? undefined : { from: { x: 0, y: baseline }, to: { x: 1, y: baseline } }
        }
        legend="bottom-left"
      />
    </PlotFigure>
  );
}
