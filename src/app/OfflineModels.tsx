import { Button, Checkbox, Group, Progress as ProgressBar, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../core/card/card';
import { downloadBytes, isWhole } from '../core/card/recommended';
import type { CacheState } from '../runtime/model-cache';
import { useLanguage, useModelCache, useRuntime, useServices } from '../ui/context';
import { FailureNotice } from '../ui/FailureNotice';
import { formatBytes } from '../ui/format';
import { PackageProblems } from '../ui/PackageProblems';
import styles from './OfflineModels.module.css';

/**
 * Which models this browser keeps for a time without network. The button names the size; pressing it is the
 * consent.
 */
export function OfflineModels() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { modelCache, runtime } = useServices();
  const list = useRuntime(({ cards }) => cards);
  const cacheStates = useModelCache(({ packages }) => packages);
  const added = useModelCache((state) => state.added);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // What was kept since, by loading a model, counts too.
  useEffect(() => void modelCache.refresh(), [modelCache]);

  if (list.state === 'pending') return <Text role="status">{t('model.listWaiting')}</Text>;
  if (list.state === 'failed') {
    return (
      <FailureNotice
        failure={list.failure}
        heading={t('model.listFailed')}
        action={{ label: t('model.retry'), run: () => void runtime.refresh() }}
      />
    );
  }
  // A panel some of whose networks are missing has nothing to be kept.
  const cards = list.value.filter((card) => !added.includes(card.id) && isWhole(card, list.value));
  const stateOf = (id: string): CacheState => cacheStates[id] ?? { state: 'absent' };
  const wanted = cards.filter(({ id }) => chosen.has(id) && isOut(stateOf(id)));
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <Stack gap="md">
      <PackageProblems />
      <ul className={styles.list}>
        {cards.map((card) => (
          <Model
            key={card.id}
            card={card}
            bytes={downloadBytes(card, list.value)}
            cacheState={stateOf(card.id)}
            chosen={chosen.has(card.id)}
            onChoose={(on) => choose(card.id, on)}
          />
        ))}
      </ul>
      {cards.some(({ id }) => stateOf(id).state !== 'cached') ? (
        <Button
          disabled={wanted.length === 0}
          onClick={() => {
            setChosen(new Set());
            void modelCache.prefetch(wanted.map(({ id }) => id));
          }}
        >
          {wanted.length === 0
            ? t('install.nothingChosen')
            : t('install.download', { size: formatBytes(downloadBytes(wanted, list.value), language) })}
        </Button>
      ) : (
        cards.length > 0 && <Text size="sm">{t('install.allCached')}</Text>
      )}
    </Stack>
  );
}

/** Neither kept nor on its way. */
const isOut = ({ state }: CacheState) => state === 'absent' || state === 'failed';

interface ModelProps {
  card: Card;
  bytes: number;
  cacheState: CacheState;
  chosen: boolean;
  onChoose: (on: boolean) => void;
}

function Model({ card, bytes, cacheState, chosen, onChoose }: ModelProps) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { modelCache } = useServices();
  const name = read(card.title);
  const size = formatBytes(bytes, language);
  return (
    <li className={styles.model}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        {isOut(cacheState) ? (
          <Checkbox
            checked={chosen}
            onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
            label={name}
            description={`${t(`domain.${card.domain}`)} · ${t('install.size', { size })}`}
          />
        ) : (
          <div>
            <Text>{name}</Text>
            <Text size="xs" c="dimmed">
              {t(`domain.${card.domain}`)} · {size}
            </Text>
          </div>
        )}
        {cacheState.state === 'cached' && (
          <Group gap="xs" wrap="nowrap">
            <Group gap={4} wrap="nowrap">
              <IconCircleCheck size={18} color="var(--lentigo-accent)" className={styles.tick} aria-hidden />
              <Text size="sm" className={styles.cached}>
                {t('install.cached')}
              </Text>
            </Group>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              aria-label={t('install.remove', { name })}
              onClick={() => void modelCache.evict(card.id)}
            >
              <IconTrash size={18} aria-hidden />
            </Button>
          </Group>
        )}
        {(cacheState.state === 'queued' || cacheState.state === 'downloading') && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('install.cancelOf', { name })}
            onClick={() => modelCache.cancel(card.id)}
          >
            {t('answer.cancel')}
          </Button>
        )}
      </Group>
      {cacheState.state === 'queued' && (
        <Text size="sm" c="dimmed">
          {t('install.waiting')}
        </Text>
      )}
      {cacheState.state === 'downloading' && (
        <Download name={name} fraction={cacheState.progress?.fraction ?? 0} />
      )}
      {cacheState.state === 'failed' && (
        <FailureNotice
          failure={cacheState.failure}
          heading={t('install.failed', { name })}
          action={{ label: t('install.retry'), run: () => void modelCache.prefetch([card.id]) }}
        />
      )}
    </li>
  );
}

function Download({ name, fraction }: { name: string; fraction: number }) {
  const { t } = useTranslation();
  return (
    <ProgressBar.Root size="md" mt={6} transitionDuration={100}>
      <ProgressBar.Section value={100 * fraction} aria-label={t('install.progress', { name })} />
    </ProgressBar.Root>
  );
}
