import { NativeSelect, NumberInput, Slider, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BandedCurve, TargetCurves } from '../../../core/metrics/banded-curves';
import {
  type ClassifierMeasured,
  type ClassifierSample,
  positiveScores,
} from '../../../core/metrics/classifier';
import { confusionAt, predictiveValues } from '../../../core/metrics/confusion-at';
import { useLanguage } from '../../../ui/context';
import type { Curve } from '../../../ui/plots/curve';
import { PrecisionRecallPlot } from '../../../ui/plots/PrecisionRecallPlot';
import { RocPlot } from '../../../ui/plots/RocPlot';
import styles from './evaluate.module.css';
import { formatFigure, formatPrevalence } from './figure-format';
import { ThresholdTable } from './ThresholdTable';

interface Props {
  /** In the names of the files that the plots are saved as. */
  packageId: string;
  sample: ClassifierSample;
  names: readonly string[];
  figures: ClassifierMeasured;
  /** Of everything that has images on both sides, measured with the figures. */
  curves: readonly TargetCurves[];
  /** By what images are told apart, one value an image. */
  fields: Readonly<Record<string, readonly string[]>>;
}

/** What may be called positive: a class, or the classes of the model's own decision together. */
interface Target {
  id: string;
  name: string;
  /** Indices of classes. */
  columns: number[];
  drawn: TargetCurves;
}

/** ROC and precision-recall curves, and what a threshold on them costs at a prevalence. */
export function Curves({ packageId, sample, names, figures, curves: measured, fields }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const sumName = t('evaluate.targetSum', { classes: figures.decision?.positive.join(' + ') ?? '' });
  const targets = measured.map((drawn): Target => {
    const columns = drawn.positive.map((id) => sample.classes.indexOf(id));
    const [only, ...others] = drawn.positive;
    if (only === undefined || others.length > 0) return { id: 'sum', name: sumName, columns, drawn };
    return { id: only, name: names[columns[0] ?? -1] ?? only, columns, drawn };
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const [moved, setMoved] = useState<number | null>(null);
  const [prevalence, setPrevalence] = useState<number | null>(null);
  const own = sample.decision?.classes ?? [];
  const first = targets.find(({ id }) => id === (own.length > 1 ? 'sum' : sample.classes[own[0] ?? -1]));
  const target = targets.find(({ id }) => id === chosen) ?? first ?? targets[0];
  const wanted = target?.columns.join(' ') ?? '';
  const { scores, positive } = useMemo(() => {
    const columns = wanted.split(' ').map(Number);
    return {
      scores: positiveScores(sample.probabilities, columns),
      positive: sample.truth.map((label) => columns.includes(label)),
    };
  }, [sample, wanted]);

  const curvesOf = (pick: (drawn: TargetCurves) => BandedCurve, area: 'auc' | 'averagePrecision') =>
    targets.map(({ id, name, drawn }): Curve => {
      const ofClass = figures.perClass.find((each) => each.id === id)?.figures;
      const value = (id === 'sum' ? figures.decision?.figures : ofClass)?.[area]?.value ?? null;
      const label = `${name} ${value === null ? '–' : formatFigure('auc', value, language)}`;
      return { id, label, points: pick(drawn).points.map(([x, y]) => ({ x, y })) };
    });

  if (!target) {
    return (
      <section className={styles.section}>
        <h2>{t('evaluate.curves')}</h2>
        <Text c="dimmed">{t('evaluate.oneSided')}</Text>
      </section>
    );
  }
  const isOwn = target === first && sample.decision !== null;
  const threshold = moved ?? (isOwn ? (sample.decision?.threshold ?? 0.5) : 0.5);
  const { positives, negatives } = target.drawn;
  const share = positives / (positives + negatives);
  const percent = prevalence ?? Math.round(1000 * share) / 10;
  const point = confusionAt(scores, positive, threshold);
  const { ppv, npv } = predictiveValues(point, percent / 100);
  const precision = point.truePositives / (point.truePositives + point.falsePositives);
  const figuresAtPoint = [
    ['sensitivity', t('evaluate.figure.sensitivity'), point.sensitivity],
    ['specificity', t('evaluate.figure.specificity'), point.specificity],
    ['ppv', t('evaluate.ppv'), ppv],
    ['npv', t('evaluate.npv'), npv],
  ] as const;
  return (
    <section className={styles.section} aria-label={t('evaluate.curves')}>
      <h2>{t('evaluate.curves')}</h2>
      <div className={styles.controls} data-no-report>
        <NativeSelect
          label={t('evaluate.target')}
          value={target.id}
          onChange={({ currentTarget }) => {
            setChosen(currentTarget.value);
            setMoved(null);
            setPrevalence(null);
          }}
          data={targets.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <div>
          <Text size="sm" fw={500} mb={6}>
            {t('evaluate.threshold')}: {formatFigure('threshold', threshold, language)}
          </Text>
          <Slider
            min={0}
            max={1}
            step={0.001}
            value={threshold}
            onChange={setMoved}
            label={null}
            thumbLabel={t('evaluate.threshold')}
          />
        </div>
        <NumberInput
          label={t('evaluate.prevalence')}
          description={t('evaluate.prevalenceHelp')}
          min={0}
          max={100}
          decimalScale={2}
          value={percent}
          onChange={(value) => {
            if (typeof value === 'number') setPrevalence(Math.min(100, Math.max(0, value)));
          }}
        />
      </div>
      {/* A report leaves the controls out, and its figures mean nothing without what was chosen there. */}
      <Text size="sm" my="sm" data-point-basis>
        {t('evaluate.pointBasis', {
          target: target.name,
          threshold: formatFigure('threshold', threshold, language),
          prevalence: formatPrevalence(percent, language),
        })}
        {moved !== null && ` ${t('evaluate.pointChosen')}`}
      </Text>
      <dl className={styles.figures} aria-live="polite">
        {figuresAtPoint.map(([name, label, value]) => (
          <div key={name} className={styles.figure}>
            <dt>{label}</dt>
            <dd data-point={name}>
              {Number.isNaN(value) ? (
                <span className={styles.interval}>{t('evaluate.noValue')}</span>
              ) : (
                formatFigure(name, value, language)
              )}
            </dd>
          </div>
        ))}
      </dl>
      <Text size="sm" c="dimmed" my="sm">
        {t('evaluate.pointCounts', {
          tp: point.truePositives,
          fn: point.falseNegatives,
          fp: point.falsePositives,
          tn: point.trueNegatives,
        })}
      </Text>
      <div className={styles.plots}>
        <RocPlot
          name={`${packageId}-roc`}
          curves={curvesOf(({ roc }) => roc, 'auc')}
          highlighted={target.id}
          point={{ x: 1 - point.specificity, y: point.sensitivity }}
        />
        <PrecisionRecallPlot
          name={`${packageId}-precision-recall`}
          curves={curvesOf(({ precisionRecall }) => precisionRecall, 'averagePrecision')}
          highlighted={target.id}
          point={Number.isNaN(precision) ? null : { x: point.sensitivity, y: precision }}
          baseline={share}
        />
      </div>
      <ThresholdTable
        scores={scores}
        positive={positive}
        groups={sample.groups}
        fields={fields}
        threshold={threshold}
      />
    </section>
  );
}
