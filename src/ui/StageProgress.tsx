import { Button, Group, Progress as ProgressBar, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Progress } from '../engine/engine';
import { useLanguage } from './context';
import { formatBytes } from './format';

/** What the engine is doing now, how far it is, and a way to stop it. */
export function StageProgress({ progress, onCancel }: { progress: Progress | null; onCancel: () => void }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const stage = t(`stage.${progress?.stage ?? 'waiting'}`);
  const fraction = progress?.fraction ?? null;
  const bytes = progress?.bytes;
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={500}>
          {stage}
        </Text>
        {bytes && (
          <Text size="sm" c="dimmed">
            {t('stage.bytes', {
              done: formatBytes(bytes.done, language),
              total: formatBytes(bytes.total, language),
            })}
          </Text>
        )}
      </Group>
      <ProgressBar.Root size="md" transitionDuration={100}>
        <ProgressBar.Section
          value={100 * (fraction ?? 1)}
          striped={fraction === null}
          animated={fraction === null}
          aria-label={stage}
          aria-valuenow={fraction === null ? undefined : Math.round(100 * fraction)}
          aria-valuetext={fraction === null ? stage : undefined}
        />
      </ProgressBar.Root>
      <Group justify="flex-end">
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('answer.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
