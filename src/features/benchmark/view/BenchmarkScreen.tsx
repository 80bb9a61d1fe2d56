import { Text, Title } from '@mantine/core';
import { IconGauge } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useRuntime, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import styles from './benchmark.module.css';
import { Chart } from './Chart';
import { Choice } from './Choice';
import { useBenchmark } from './context';
import { Plan } from './Plan';
import { ResultTable } from './ResultTable';

const noCards: readonly Card[] = [];

/** How fast every model is on this machine, and which back end is the better one for it. */
export function BenchmarkScreen() {
  const { t } = useTranslation();
  const { runtime } = useServices();
  const list = useRuntime(({ cards }) => cards);
  const rows = useBenchmark((state) => state.rows);
  const running = useBenchmark((state) => state.running !== null);
  const cancelled = useBenchmark((state) => state.cancelled);
  const cards = list.state === 'ready' ? list.value : noCards;
  return (
    <div className={styles.screen}>
      <header>
        <Title order={1} size="h2">
          {t('page.benchmark')}
        </Title>
        <Text c="dimmed">{t('bench.lead')}</Text>
      </header>
      {list.state === 'failed' ? (
        <FailureNotice
          failure={list.failure}
          heading={t('model.listFailed')}
          action={{ label: t('model.retry'), run: () => void runtime.refresh() }}
        />
      ) : list.state === 'pending' ? (
        <Text role="status">{t('model.listWaiting')}</Text>
      ) : (
        <Plan cards={cards} />
      )}
      <Choice />
      {cancelled && !running && <Text role="status">{t('bench.cancelled')}</Text>}
      {rows.length > 0 ? (
        <>
          <Chart cards={cards} rows={rows} />
          <ResultTable cards={cards} rows={rows} />
        </>
      ) : (
        !running && (
          <div className={styles.empty}>
            <IconGauge size={44} stroke={1.2} aria-hidden />
            <Text fw={600}>{t('bench.emptyHeading')}</Text>
            <Text size="sm" c="dimmed">
              {t('bench.emptyHelp')}
            </Text>
          </div>
        )
      )}
    </div>
  );
}
