import { Button, Group, Popover, Stack, Text } from '@mantine/core';
import { IconCircleCheckFilled, IconDownload, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { downloadBytes } from '../../../core/card/recommended';
import { useLanguage, useRuntime, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { formatBytes, formatDuration, formatNumber } from '../../../ui/format';
import { StageProgress } from '../../../ui/StageProgress';
import styles from './models.module.css';
import { addressOf } from './use-chosen-model';

/** Whether the model is in memory, and the ways to change that. */
export function Readiness({ card, added }: { card: Card; added: boolean }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { runtime } = useServices();
  const cards = useRuntime(({ cards }) => (cards.state === 'ready' ? cards.value : [card]));
  const state = useRuntime(({ packages }) => packages[card.id]) ?? { state: 'absent' as const };
  if (state.state === 'loading') {
    return <StageProgress progress={state.progress} onCancel={() => runtime.cancelLoad(card.id)} />;
  }
  const title = read(card.title);
  const loaded = state.state === 'loaded' ? state.loaded : null;
  return (
    <Stack gap="sm">
      {state.state === 'failed' && <FailureNotice failure={state.failure} heading={t('models.loadFailed')} />}
      <Group gap="sm">
        {loaded ? (
          <Button
            size="sm"
            variant="default"
            aria-label={t('models.releaseOf', { name: title })}
            onClick={() => void runtime.release(card.id)}
          >
            {t('models.release')}
          </Button>
        ) : (
          <Button
            size="sm"
            leftSection={<IconDownload size={16} aria-hidden />}
            aria-label={t('models.loadOf', { name: title })}
            onClick={() => void runtime.load(card.id)}
          >
            {t('models.load')}
          </Button>
        )}
        {added && <Remove card={card} />}
        <Text size="sm" c="dimmed" role="status" className={styles.readiness}>
          {loaded && <IconCircleCheckFilled size={16} aria-hidden color="var(--lentigo-accent)" />}
          {loaded
            ? `${t('models.loaded')}, ${t(`backend.${loaded.backend.name}`)}${
                loaded.milliseconds >= 1 ? `, ${formatDuration(loaded.milliseconds, language)}` : ''
              }`
            : t('models.notLoaded')}
          {' · '}
          {t('models.sizeParts', {
            size: formatBytes(downloadBytes(card, cards), language),
            parameters: formatNumber(card.architecture.parameters, language),
          })}
        </Text>
      </Group>
      {loaded?.cached === false && <Text size="sm">{t('model.notCached')}</Text>}
    </Stack>
  );
}

/** Asks once: the files cannot be had back from anywhere else. */
function Remove({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { runtime } = useServices();
  const remove = async () => {
    const result = await runtime.remove(card.id);
    if (result.ok) window.location.hash = addressOf();
  };
  return (
    <Popover width={300} withArrow shadow="md" trapFocus>
      <Popover.Target>
        <Button size="sm" variant="default" leftSection={<IconTrash size={16} aria-hidden />}>
          {t('models.remove')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('models.remove')}>
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {t('models.removeAsk')}
          </Text>
          <Text size="sm">{t('models.removeHelp')}</Text>
          <Button size="xs" color="red.8" onClick={() => void remove()}>
            {t('models.removeNow')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
