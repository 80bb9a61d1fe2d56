import { NativeSelect, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationRun } from '../../cases/evaluation/run';
import type { EvaluationMeasured } from '../../core/evaluation/measured';
import { useEvaluation, useLanguage, useMachine } from '../../ui/context';
import { Comparisons } from './Comparisons';
import { ExportMenu } from './ExportMenu';
import styles from './evaluate.module.css';
import { ModelResults } from './ModelResults';
import { Outlines } from './Outlines';

/** The figures of a run; with several models, those of the one chosen and the comparison of each two. */
export function Results({ run, measured }: { run: EvaluationRun; measured: EvaluationMeasured }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const answers = useEvaluation((state) => state.answers);
  const arrival = useMachine(({ cards }) => cards);
  const [chosen, setChosen] = useState(0);
  const page = useRef<HTMLDivElement>(null);
  const cards = arrival.state === 'here' ? arrival.value : [];
  const titleOf = (packageId: string) => {
    const card = cards.find(({ id }) => id === packageId);
    return card ? read(card.title) : packageId;
  };
  const model = run.models[chosen] ?? run.models[0];
  const figures = measured.models.find(({ packageId }) => packageId === model?.packageId);
  if (!model || !figures) return null;
  return (
    <div ref={page} className={styles.column} style={{ width: '100%' }}>
      <div className={styles.head}>
        <Text fw={600} size="lg">
          {titleOf(model.packageId)}
        </Text>
        {run.models.length > 1 && (
          <div data-no-report>
            <NativeSelect
              label={t('evaluate.model')}
              value={String(chosen)}
              onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
              data={run.models.map(({ packageId }, index) => ({
                value: String(index),
                label: titleOf(packageId),
              }))}
            />
          </div>
        )}
        <ExportMenu run={run} measured={measured} page={page} titleOf={titleOf} />
      </div>
      <ModelResults
        key={model.packageId}
        run={run}
        model={model}
        measured={figures}
        answers={answers}
        card={cards.find(({ id }) => id === model.packageId) ?? null}
      />
      {measured.comparisons.length > 0 && (
        <Comparisons comparisons={measured.comparisons} titleOf={titleOf} />
      )}
      {measured.outlines && <Outlines outlines={measured.outlines} />}
      <Text size="sm" fw={500}>
        {t('app.disclaimer')}
      </Text>
    </div>
  );
}
