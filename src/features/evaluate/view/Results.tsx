import { NativeSelect, Text, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { EvaluationMeasured } from '../../../core/evaluation/measured';
import { sharedModel } from '../../../core/evaluation/results-file';
import { useRuntime } from '../../../ui/context';
import { useTitles } from '../../../ui/titles';
import { type EvaluationRun, packagesOf } from '../model/run';
import { BesideOthers } from './BesideOthers';
import { Comparisons } from './Comparisons';
import { useEvaluation } from './context';
import { ExportMenu } from './ExportMenu';
import styles from './evaluate.module.css';
import { ModelResults } from './ModelResults';
import { Outlines } from './Outlines';
import type { Series } from './series';
import { whenShown } from './use-steps';

/** The figures of a run; with several models, those of the one chosen and the comparison of each two. */
export function Results({ run, measured }: { run: EvaluationRun; measured: EvaluationMeasured }) {
  const { t } = useTranslation();
  const titleOf = useTitles();
  const answers = useEvaluation((state) => state.answers);
  const list = useRuntime(({ cards }) => cards);
  const [chosen, setChosen] = useState(0);
  const [whole, setWhole] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const cards = list.state === 'ready' ? list.value : [];
  const own = measured.models.flatMap((each): Series[] => {
    const card = cards.find(({ id }) => id === each.packageId) ?? null;
    const model = sharedModel(each, { card, provenance: run.provenance[each.packageId] ?? null });
    return model ? [{ key: each.packageId, title: titleOf(each.packageId), model }] : [];
  });
  /** What `read` makes of the page while it shows every model. */
  const readWhole = async (read: (results: HTMLElement) => void | Promise<void>) => {
    flushSync(() => setWhole(true));
    if (page.current) {
      await whenShown(page.current);
      await read(page.current);
    }
    setWhole(false);
  };
  return (
    <div ref={page} className={styles.column} style={{ width: '100%' }}>
      <div className={styles.head} data-no-report>
        {run.models.length > 1 ? (
          <NativeSelect
            label={t('evaluate.model')}
            value={String(chosen)}
            onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
            data={run.models.map(({ packageId }, index) => ({
              value: String(index),
              label: titleOf(packageId),
            }))}
          />
        ) : (
          <Title order={2} size="h3">
            {packagesOf(run).slice(0, 1).map(titleOf)}
          </Title>
        )}
        <ExportMenu run={run} measured={measured} own={own} readWhole={readWhole} titleOf={titleOf} />
      </div>
      {run.models.map((model, index) => {
        const figures = measured.models.find(({ packageId }) => packageId === model.packageId);
        if (!figures || (index !== chosen && !whole)) return null;
        return (
          <div
            key={model.packageId}
            className={index === chosen ? styles.results : styles.besidePage}
            aria-hidden={index !== chosen}
          >
            {run.models.length > 1 && (
              <Title order={2} data-model>
                {titleOf(model.packageId)}
              </Title>
            )}
            <ModelResults
              run={run}
              model={model}
              measured={figures}
              answers={answers}
              card={cards.find(({ id }) => id === model.packageId) ?? null}
              titleOf={titleOf}
            />
          </div>
        );
      })}
      {run.models.length > 0 && <BesideOthers own={own} />}
      {measured.comparisons.length > 0 && (
        <Comparisons comparisons={measured.comparisons} titleOf={titleOf} />
      )}
      {measured.outlines && <Outlines outlines={measured.outlines} segmenterId={run.segmenterId ?? null} />}
      {run.models.length === 0 && !measured.outlines && <Text>{t('evaluate.nothingMeasured')}</Text>}
      <Text size="sm" fw={500}>
        {t('app.disclaimer')}
      </Text>
    </div>
  );
}
