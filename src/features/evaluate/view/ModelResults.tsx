import { SegmentedControl, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import { readingFields } from '../../../core/evaluation/fields';
import { fillingGalleries } from '../../../core/evaluation/gallery';
import type { ModelMeasured } from '../../../core/evaluation/measured';
import { type JudgedModel, sampling } from '../../../core/evaluation/sample';
import { headlineNames } from '../../../core/metrics/classifier';
import { useLanguage } from '../../../ui/context';
import { formatDuration } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import { ConfusionMatrix } from '../../../ui/plots/ConfusionMatrix';
import { ReliabilityPlot } from '../../../ui/plots/ReliabilityPlot';
import type { EvaluationRun } from '../model/run';
import { ClassReliabilities } from './ClassReliabilities';
import { ClassTable } from './ClassTable';
import { Curves } from './Curves';
import styles from './evaluate.module.css';
import { FigureValue } from './FigureValue';
import { formatFigure } from './figure-format';
import { Gallery } from './Gallery';
import { ImageList } from './ImageList';
import { SetCoverage } from './SetCoverage';
import { SiteCalibrationSection } from './SiteCalibrationSection';
import { Subgroups } from './Subgroups';
import { Looking, useSteps } from './use-steps';

interface Props {
  run: EvaluationRun;
  model: JudgedModel;
  measured: ModelMeasured;
  answers: ReadonlyMap<string, ImageAnswer>;
  /** Null where the package is no longer there; then classes go by their ids. */
  card: Card | null;
  titleOf: (packageId: string) => string;
}

/** Everything about one model. */
export function ModelResults({ run, model, measured, answers, card, titleOf }: Props) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const [show, setShow] = useState<'counts' | 'rates'>('counts');
  const [cell, setCell] = useState<{ truth: number; predicted: number } | null>(null);
  const { models, images } = run;
  const { value: judged } = useSteps(
    function* () {
      const sampled = yield* sampling(model, images, answers);
      return { ...sampled, fields: yield* readingFields(sampled.images, answers) };
    },
    [model, images, answers],
  );
  const { value: galleries } = useSteps(
    function* () {
      const others = models.filter(({ packageId }) => packageId !== model.packageId);
      return judged && (yield* fillingGalleries(model, others, judged, images, answers));
    },
    [model, models, judged, images, answers],
  );
  const inCell = useMemo(
    () =>
      galleries?.answered.filter(
        ({ truth, predicted }) => truth === cell?.truth && predicted === cell.predicted,
      ) ?? [],
    [cell, galleries],
  );
  const { figures } = measured;
  if (!figures) return <Text>{t('evaluate.noFigures')}</Text>;
  const classes = model.classes.map((id) => {
    const known = card?.classes.find((cardClass) => cardClass.id === id);
    return { id, name: known ? read(known.name) : id, kind: known?.kind ?? ('benign' as const) };
  });
  const names = classes.map(({ name }) => name);
  const provenance = run.provenance[model.packageId];
  return (
    <>
      <section className={styles.section} aria-label={t('evaluate.results')}>
        <h2>{t('evaluate.results')}</h2>
        <dl className={styles.figures}>
          {headlineNames.map((name) => (
            <div key={name} className={styles.figure}>
              <dt>
                {t(`evaluate.figure.${name}`)}
                <HelpTip subject={t(`evaluate.figure.${name}`)}>{t(`evaluate.meaning.${name}`)}</HelpTip>
              </dt>
              <dd>
                <FigureValue name={name} estimate={figures.metrics[name]} />
              </dd>
            </div>
          ))}
        </dl>
        {figures.decision && (
          <>
            <Text fw={600} mt="md" mb="xs">
              {t('evaluate.decisionHeading', {
                threshold: formatFigure('threshold', figures.decision.threshold, language),
              })}{' '}
              ({figures.decision.positive.join(' + ')})
            </Text>
            <dl className={styles.figures}>
              {(['sensitivity', 'specificity', 'auc'] as const).map((name) => (
                <div key={name} className={styles.figure}>
                  <dt>{t(`evaluate.figure.${name}`)}</dt>
                  <dd>
                    <FigureValue name={name} estimate={figures.decision?.figures[name] ?? null} />
                  </dd>
                </div>
              ))}
            </dl>
          </>
        )}
        <Text size="sm" c="dimmed" mt="md">
          {t('evaluate.basis', {
            count: figures.count,
            groups: t('evaluate.groupCount', { count: figures.groups }),
            resamples: figures.resamples,
            seed: figures.seed,
          })}{' '}
          {measured.leftOut > 0 && t('evaluate.leftOutCount', { count: measured.leftOut })}{' '}
          {provenance &&
            measured.msPerImage !== null &&
            t('evaluate.speed', {
              duration: formatDuration(measured.msPerImage, language),
              backend: t(`backend.${provenance.backend}`),
              adapter: provenance.adapter,
            })}
        </Text>
      </section>
      <section className={styles.section} aria-label={t('evaluate.perClass')}>
        <h2>{t('evaluate.perClass')}</h2>
        <ClassTable classes={figures.perClass} names={names} />
      </section>
      {figures.sets && model.conformal && (
        <SetCoverage sets={figures.sets} conformal={model.conformal} classes={classes} />
      )}
      <div className={styles.plots}>
        <ConfusionMatrix
          name={`${model.packageId}-confusion-matrix`}
          confusion={figures.confusion}
          names={names}
          show={show}
          onCell={(truth, predicted) => setCell({ truth, predicted })}
          beside={
            <SegmentedControl
              size="xs"
              aria-label={t('evaluate.cellShown')}
              value={show}
              onChange={(value) => setShow(value as 'counts' | 'rates')}
              data={[
                { value: 'counts', label: t('evaluate.counts') },
                { value: 'rates', label: t('evaluate.rates') },
              ]}
            />
          }
        />
        <ReliabilityPlot
          name={`${model.packageId}-reliability`}
          bins={figures.reliability}
          error={figures.metrics.ece?.value ?? null}
        />
      </div>
      <ClassReliabilities packageId={model.packageId} rows={measured.classReliability} names={names} />
      {judged ? (
        <Curves
          packageId={model.packageId}
          sample={judged.sample}
          names={names}
          figures={figures}
          curves={measured.curves}
          fields={judged.fields}
        />
      ) : (
        <Looking />
      )}
      <section className={styles.section} aria-label={t('evaluate.subgroups')}>
        <h2>{t('evaluate.subgroups')}</h2>
        <Subgroups rows={measured.subgroups} />
      </section>
      {galleries ? (
        <Gallery
          model={model}
          galleries={galleries}
          several={run.models.length > 1}
          classes={classes}
          titleOf={titleOf}
        />
      ) : (
        <Looking />
      )}
      {card && provenance && judged && (
        <SiteCalibrationSection card={card} sample={judged.sample} packageHash={provenance.packageHash} />
      )}
      {cell && galleries && (
        <ImageList
          heading={t('evaluate.cellImages', {
            truth: names[cell.truth] ?? '',
            predicted: names[cell.predicted] ?? '',
          })}
          items={inCell}
          classes={classes}
          model={model}
          onClose={() => setCell(null)}
        />
      )}
    </>
  );
}
