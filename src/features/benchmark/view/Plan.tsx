import { Button, Checkbox, Group, Progress, Stack, Text } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackendName } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useLanguage, useRuntime } from '../../../ui/context';
import styles from './benchmark.module.css';
import { useBenchmark, useBenchmarkServices } from './context';

const allBackends: BackendName[] = ['webgpu', 'wasm'];

/** What to time, and how far it is. */
export function Plan({ cards }: { cards: readonly Card[] }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { benchmark } = useBenchmarkServices();
  const running = useBenchmark((state) => state.running);
  const again = useBenchmark((state) => state.rows.length > 0);
  // Those left out, so that a model that comes later is in.
  const [left, setLeft] = useState<readonly string[]>([]);
  const [backends, setBackends] = useState<readonly string[]>(allBackends);
  const slowGpu = useRuntime(({ backend, choice }) =>
    Boolean((backend.state === 'ready' && backend.value.software) || choice?.software),
  );
  const chosen = cards.map(({ id }) => id).filter((id) => !left.includes(id));
  const wanted = allBackends.filter((name) => backends.includes(name));

  if (running) return <Running cards={cards} />;
  return (
    <Stack gap="md">
      <div className={styles.plan}>
        <Checkbox.Group
          label={t('bench.models')}
          value={chosen}
          onChange={(ids) => setLeft(cards.map(({ id }) => id).filter((id) => !ids.includes(id)))}
        >
          <div className={styles.choices}>
            {cards.map((card) => (
              <Checkbox key={card.id} value={card.id} label={read(card.title)} />
            ))}
          </div>
          <Group gap="xs" mt="xs">
            <Button size="compact-xs" variant="subtle" onClick={() => setLeft([])}>
              {t('bench.all')}
            </Button>
            <Button size="compact-xs" variant="subtle" onClick={() => setLeft(cards.map(({ id }) => id))}>
              {t('bench.none')}
            </Button>
          </Group>
        </Checkbox.Group>
        <Checkbox.Group label={t('bench.backends')} value={wanted} onChange={setBackends}>
          <div className={styles.choices}>
            {allBackends.map((name) => (
              <Checkbox key={name} value={name} label={t(`backend.${name}`)} />
            ))}
          </div>
        </Checkbox.Group>
      </div>
      <Group gap="md">
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          disabled={chosen.length === 0 || wanted.length === 0}
          onClick={() => void benchmark.run({ packageIds: chosen, backends: wanted })}
        >
          {t(again ? 'bench.again' : 'bench.run')}
        </Button>
        <Text size="sm" c="dimmed" className={styles.about}>
          {slowGpu && wanted.includes('webgpu') ? `${t('bench.slowGpu')} ` : ''}
          {t('bench.about')}
        </Text>
      </Group>
    </Stack>
  );
}

function Running({ cards }: { cards: readonly Card[] }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { benchmark } = useBenchmarkServices();
  const running = useBenchmark((state) => state.running);
  const total = useBenchmark((state) => state.total);
  const done = useBenchmark((state) => state.rows.length);
  if (!running) return null;
  const { packageId, backend, progress } = running;
  const card = cards.find(({ id }) => id === packageId);
  const label = t('bench.now', {
    done: done + 1,
    total,
    name: card ? read(card.title) : packageId,
    backend: t(`backend.${backend}`),
  });
  const timing = progress?.stage === 'network' ? (progress.fraction ?? 0) : 0;
  const stage = progress?.stage ?? 'waiting';
  return (
    <Stack gap="xs" className={styles.running}>
      <Group justify="space-between">
        <Text fw={600} role="status">
          {label}
        </Text>
        <Text size="sm" c="dimmed">
          {stage in phases ? t(`bench.phase.${stage as keyof typeof phases}`) : t('bench.phase.waiting')}
        </Text>
      </Group>
      <Progress
        value={(100 * (done + timing)) / Math.max(1, total)}
        aria-label={label}
        transitionDuration={100}
      />
      <Group>
        <Button
          size="sm"
          variant="default"
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          onClick={() => benchmark.cancel()}
        >
          {t('bench.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The engine's stages that a benchmark goes through. */
const phases = { waiting: 1, download: 1, verify: 1, load: 1, 'self-test': 1, network: 1 };
