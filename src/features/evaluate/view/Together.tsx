import { NativeSelect, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BandedCurve } from '../../../core/metrics/banded-curves';
import type { Estimate } from '../../../core/metrics/bootstrap';
import { useLanguage } from '../../../ui/context';
import { formatNumber } from '../../../ui/format';
import type { Curve } from '../../../ui/plots/curve';
import { PrecisionRecallPlot } from '../../../ui/plots/PrecisionRecallPlot';
import { RocPlot } from '../../../ui/plots/RocPlot';
import styles from './evaluate.module.css';
import { FigureValue } from './FigureValue';
import { formatFigure } from './figure-format';
import { NetBenefitPlot } from './NetBenefitPlot';
import { Scrolled } from './Scrolled';
import { areasOf, type Series, type SeriesTarget, targetFor, targetIds } from './series';

/** Every model, one's own and those of opened files, in one plot of each kind, with bands. */
export function Together({ series }: { series: readonly Series[] }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const [chosen, setChosen] = useState<string | null>(null);
  const ids = targetIds(series);
  const id = ids.find((candidate) => candidate === chosen) ?? ids[0];
  if (id === undefined) return <Text c="dimmed">{t('evaluate.oneSided')}</Text>;
  const nameOf = (classId: string) => {
    const known = series.flatMap(({ model }) => model.classes).find((each) => each.id === classId);
    return known ? read(known.name) : classId;
  };
  const targets = series.flatMap((each): SeriesTarget[] => {
    const target = targetFor(each, id);
    return target ? [{ ...each, target }] : [];
  });
  const curvesOf = (pick: (target: SeriesTarget) => BandedCurve, area: 'auc' | 'averagePrecision') =>
    targets.map((each): Curve => {
      const estimate = areasOf(each)[area];
      const figure = estimate ? ` ${formatFigure(area, estimate.value, language)}` : '';
      return { id: each.key, label: `${shortened(each.title)}${figure}`, ...drawn(pick(each)) };
    });
  const resamples = [...new Set(series.map(({ model }) => model.resamples))].sort((a, b) => a - b);
  return (
    <>
      <div className={styles.controls} data-no-report>
        <NativeSelect
          maw="24rem"
          label={t('evaluate.target')}
          value={id}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          data={ids.map((each) => ({
            value: each,
            label: each === 'own' ? t('evaluate.together.own') : nameOf(each),
          }))}
        />
      </div>
      <Text size="sm" mb="sm">
        {t('evaluate.together.about', {
          target: id === 'own' ? t('evaluate.together.own') : nameOf(id),
          resamples: resamples.map((count) => formatNumber(count, language)).join(', '),
        })}
      </Text>
      <SeriesTable targets={targets} />
      <div className={styles.plots}>
        <RocPlot name="models-roc" curves={curvesOf(({ target }) => target.roc, 'auc')} />
        <PrecisionRecallPlot
          name="models-precision-recall"
          curves={curvesOf(({ target }) => target.precisionRecall, 'averagePrecision')}
        />
        <NetBenefitPlot name="models-net-benefit" targets={targets} label={shortened} />
      </div>
    </>
  );
}

/** The figures that decide between models, a row each. */
function SeriesTable({ targets }: { targets: readonly SeriesTarget[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const columns = [
    'auc',
    'averagePrecision',
    'sensitivity',
    'specificity',
    'balancedAccuracy',
    'ece',
  ] as const;
  return (
    <Scrolled>
      <Table miw={760} verticalSpacing="xs" mb="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('evaluate.model')}</Table.Th>
            <Table.Th>{t('evaluate.together.counts')}</Table.Th>
            {columns.map((name) => (
              <Table.Th key={name}>{t(`evaluate.figure.${name}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {targets.map((each) => {
            const figures: Record<string, Estimate | null> = {
              ...each.model.metrics,
              ...each.model.decision?.figures,
              ...areasOf(each),
            };
            return (
              <Table.Tr key={each.key}>
                <Table.Th scope="row">{each.title}</Table.Th>
                <Table.Td>
                  {formatNumber(each.target.positives, language)} /{' '}
                  {formatNumber(each.target.negatives, language)}
                </Table.Td>
                {columns.map((name) => (
                  <Table.Td key={name}>
                    <FigureValue name={name} estimate={figures[name] ?? null} />
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Scrolled>
  );
}

/** As the legend has room for it. */
const shortened = (title: string) => (title.length > 30 ? `${title.slice(0, 29)}…` : title);

const drawn = ({ points, band }: BandedCurve): Pick<Curve, 'points' | 'band'> => ({
  points: points.map(([x, y]) => ({ x, y })),
  band: band.map(([x, low, high]) => ({ x, low, high })),
});
