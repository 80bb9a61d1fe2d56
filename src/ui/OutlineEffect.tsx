import { Alert, Stack, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../core/analysis';
import type { Card } from '../core/card/card';
import type { Progress } from '../engine/engine';
import { StageProgress } from './StageProgress';
import { useVerdict } from './use-verdict';

/** Above an answer that came before the outline: it says so, and how far the outline is. */
export function ProvisionalNotice({
  progress,
  onCancel,
}: {
  progress: Progress | null;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Alert
        role="status"
        variant="light"
        color="gray"
        icon={<IconHourglass aria-hidden />}
        title={t('answer.provisional.heading')}
      >
        {t('answer.provisional.text')}
      </Alert>
      <StageProgress progress={progress} onCancel={onCancel} />
    </Stack>
  );
}

/**
 * What the outline changed, in one sentence: the answer before it, or that it stayed. Both as they are
 * decided; it never leads.
 */
export function OutlineEffect({ before, now, card }: { before: Analysis; now: Analysis; card: Card }) {
  const { t } = useTranslation();
  const verdict = useVerdict();
  const [was, is] = [before, now].map((analysis) => verdict(card, analysis).text.short);
  return (
    <Text size="sm" c="dimmed" mt="sm">
      {was === is ? t('answer.provisional.same') : t('answer.provisional.changed', { was, is })}
    </Text>
  );
}
