import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { classNameOf } from '../../../core/card/class-name';
import { useLanguage } from '../../../ui/context';
import { formatFixed } from '../../../ui/format';
import { ConfusionMatrix } from '../../../ui/plots/ConfusionMatrix';
import { PrecisionRecallPlot } from '../../../ui/plots/PrecisionRecallPlot';
import { ReliabilityPlot } from '../../../ui/plots/ReliabilityPlot';
import { RocPlot } from '../../../ui/plots/RocPlot';
import { precisionRecallOf } from '../model/card-facts';
import styles from './models.module.css';

/** The plots that the card holds the raw points of. */
export function Plots({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { roc, reliability, confusion, metrics, perClass } = card.results;
  const { decision } = card;
  const nameOf = (id: string) => classNameOf(card, id, language);
  const curves = Object.entries(roc).map(([id, points]) => {
    const auc = perClass.find((row) => row.class === id)?.auc;
    return {
      id,
      label: auc == null ? nameOf(id) : `${nameOf(id)}, ${formatFixed(auc, language, 3)}`,
      points: points.map(([x, y]) => ({ x, y })),
    };
  });
  // With several classes, the point of the threshold lies on none of their curves.
  const [only] = decision && decision.positive.length === 1 ? decision.positive : [];
  const atThreshold = decision && { x: 1 - decision.specificity, y: decision.sensitivity };
  const precision = precisionRecallOf(card);
  const areas = precision.map(({ id, averagePrecision, measured }) => ({
    id,
    label: `${nameOf(id)}, ${measured ? '' : '≈ '}${formatFixed(averagePrecision, language, measured ? 3 : 2)}`,
  }));
  return (
    <div className={styles.plots}>
      {curves.length > 0 && (
        <RocPlot
          curves={curves}
          highlighted={only}
          point={only ? atThreshold : null}
          name={`${card.id}-roc`}
        />
      )}
      {precision.length > 0 && (
        <PrecisionRecallPlot
          curves={precision.map(({ id, points }, index) => ({
            id,
            label: areas[index]?.label ?? id,
            points,
          }))}
          highlighted={only}
          baseline={precision.find(({ id }) => id === only)?.prevalence}
          summary={t(
            precision.every(({ measured }) => measured)
              ? 'plots.precisionRecallSummary'
              : 'models.results.precisionRecallFrom',
            {
              areas: areas.map(({ label }) => label).join('; '),
            },
          )}
          name={`${card.id}-precision-recall`}
        />
      )}
      {reliability.length > 0 && (
        <ReliabilityPlot
          bins={reliability}
          error={metrics.ece?.value ?? card.calibration?.ece ?? null}
          name={`${card.id}-reliability`}
        />
      )}
      {confusion && (
        <ConfusionMatrix
          confusion={confusion}
          names={confusion.labels.map(nameOf)}
          show="counts"
          name={`${card.id}-confusion-matrix`}
        />
      )}
    </div>
  );
}
