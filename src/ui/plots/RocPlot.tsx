import { useTranslation } from 'react-i18next';
import { CurvePlot } from './CurvePlot';
import type { Curve } from './curve';
import { PlotFigure } from './PlotFigure';

interface Props {
  /** x: false positive rate, y: true positive rate. */
  curves: readonly Curve[];
  highlighted?: string;
  /** x: 1 - specificity, y: sensitivity. */
  point?: { x: number; y: number } | null;
  /** The file's name where a page has several. */
  name?: string;
}

/** Receiver operating characteristic: one curve a class, with the line of chance. */
export function RocPlot({ curves, highlighted, point, name = 'roc' }: Props) {
  const { t } = useTranslation();
  const areas = curves.map(({ label }) => label).join('; ');
  return (
    <PlotFigure name={name} heading={t('plots.roc')} summary={t('plots.rocSummary', { areas })}>
      <CurvePlot
        curves={curves}
        highlighted={highlighted}
        point={point}
        xLabel={t('plots.falsePositiveRate')}
        yLabel={t('plots.truePositiveRate')}
        reference={{ from: { x: 0, y: 0 }, to: { x: 1, y: 1 } }}
        legend="bottom-right"
      />
    </PlotFigure>
  );
}
