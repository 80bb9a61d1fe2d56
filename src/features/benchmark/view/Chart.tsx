import { Switch, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Bar, BarChart, CartesianGrid, LabelList, Legend, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { BackendName } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatDuration } from '../../../ui/format';
import type { BenchmarkRow } from '../model/benchmark';
import { latencyOf } from '../model/latency';
import styles from './benchmark.module.css';

/** Median times as bars, a pair a model. The table says the same in numbers. */
export function Chart({ cards, rows }: { cards: readonly Card[]; rows: readonly BenchmarkRow[] }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const [logarithmic, setLogarithmic] = useState(false);
  const backends = (['webgpu', 'wasm'] as const).filter((name) =>
    rows.some(({ backend, result }) => backend === name && result.ok),
  );
  const data = [...new Set(rows.map(({ packageId }) => packageId))].map((id) => {
    const card = cards.find((card) => card.id === id);
    return { name: card ? read(card.title) : id, ...mediansOf(rows, id) };
  });
  if (backends.length === 0) return null;
  const height = 90 + data.length * backends.length * 34;
  return (
    <figure className={styles.chart} aria-label={t('bench.chartAlt')}>
      <div className={styles.chartHead}>
        <Title order={2} size="h4">
          {t('bench.chart')}
        </Title>
        <Switch
          size="sm"
          label={t('bench.logScale')}
          checked={logarithmic}
          onChange={(event) => setLogarithmic(event.currentTarget.checked)}
        />
      </div>
      <div aria-hidden style={{ height }}>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={data} layout="vertical" margin={{ left: 8, right: 72 }} accessibilityLayer={false}>
            <CartesianGrid horizontal={false} stroke="var(--lentigo-line)" />
            <XAxis
              type="number"
              scale={logarithmic ? 'log' : 'auto'}
              domain={logarithmic ? [0.1, 'auto'] : [0, 'auto']}
              allowDataOverflow={logarithmic}
              tickFormatter={(value: number) => (value === 0 ? '0' : formatDuration(value, language))}
              tick={{ fill: 'var(--mantine-color-dimmed)', fontSize: 12 }}
              stroke="var(--lentigo-strong-line)"
            />
            <YAxis
              type="category"
              dataKey="name"
              width={130}
              tick={{ fill: 'var(--mantine-color-text)', fontSize: 12 }}
              stroke="var(--lentigo-strong-line)"
            />
            <Legend />
            {backends.map((name) => (
              <Bar
                key={name}
                dataKey={name}
                name={t(`backend.${name}`)}
                fill={fills[name]}
                isAnimationActive={false}
                barSize={20}
              >
                <LabelList
                  dataKey={name}
                  position="right"
                  fill="var(--mantine-color-text)"
                  fontSize={12}
                  formatter={(value) => (typeof value === 'number' ? formatDuration(value, language) : '')}
                />
              </Bar>
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

const fills: Record<BackendName, string> = {
  webgpu: 'var(--lentigo-accent)',
  wasm: 'var(--lentigo-strong-line)',
};

function mediansOf(rows: readonly BenchmarkRow[], id: string): Partial<Record<BackendName, number>> {
  return Object.fromEntries(
    rows.flatMap(({ packageId, backend, result }) =>
      packageId === id && result.ok ? [[backend, latencyOf(result.value.steady).median]] : [],
    ),
  );
}
