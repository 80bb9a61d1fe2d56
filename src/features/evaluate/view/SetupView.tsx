import { Loader, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useRuntime, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { chosenOf, labelMapOf } from '../model/draft';
import { BesideOthers } from './BesideOthers';
import { useEvaluation } from './context';
import { EarlierRuns } from './EarlierRuns';
import styles from './evaluate.module.css';
import { ImageSource } from './ImageSource';
import { LabelMeanings } from './LabelMeanings';
import { ModelChoice } from './ModelChoice';
import { Readiness } from './Readiness';
import type { Series } from './series';

const noCards: readonly Card[] = [];
const noSeries: readonly Series[] = [];

/** What to judge, on which images, and what is missing for it. */
export function SetupView() {
  const { t } = useTranslation();
  const { runtime } = useServices();
  const list = useRuntime(({ cards }) => cards);
  const draft = useEvaluation((state) => state.draft);
  const cards = list.state === 'ready' ? list.value : noCards;
  const planned = useEvaluation((state) => state.planned);
  const { packageIds, changed } = draft;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest of the draft does not enter the choice
  const { classifiers, segmenter } = useMemo(() => chosenOf(draft, cards), [packageIds, cards]);
  const labels = useMemo(() => planned?.labels.map(({ label }) => label) ?? [], [planned]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the draft only what was changed enters
  const meanings = useMemo(
    () => classifiers.map((card) => ({ card, labels: labelMapOf(draft, card, labels) })),
    [classifiers, labels, changed],
  );

  return (
    <div className={styles.column}>
      <header>
        <Title order={1}>{t('evaluate.title')}</Title>
        <Text c="dimmed" mt={4}>
          {t('evaluate.intro')}
        </Text>
      </header>
      <div className={styles.setup}>
        <div className={styles.steps}>
          <section className={styles.section} aria-labelledby="evaluate-models">
            <h2 id="evaluate-models">{t('evaluate.models')}</h2>
            {list.state === 'pending' && <Loader aria-label={t('model.listWaiting')} />}
            {list.state === 'failed' && (
              <FailureNotice
                failure={list.failure}
                heading={t('model.listFailed')}
                action={{ label: t('model.retry'), run: () => void runtime.refresh() }}
              />
            )}
            {list.state === 'ready' && <ModelChoice cards={cards} />}
          </section>
          <section className={styles.section} aria-labelledby="evaluate-images">
            <h2 id="evaluate-images">{t('evaluate.images')}</h2>
            <ImageSource />
          </section>
          {planned && labels.length > 0 && meanings.length > 0 && (
            <section className={styles.section} aria-labelledby="evaluate-mapping">
              <h2 id="evaluate-mapping">{t('evaluate.mapping')}</h2>
              <LabelMeanings labels={planned.labels} meanings={meanings} />
            </section>
          )}
        </div>
        <Stack component="section" className={styles.aside} aria-label={t('evaluate.ready')}>
          <Readiness planned={planned} cards={cards} meanings={meanings} segmenter={segmenter} />
        </Stack>
      </div>
      <EarlierRuns />
      <BesideOthers own={noSeries} />
    </div>
  );
}
