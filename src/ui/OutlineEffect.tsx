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
 * What the outline did to the answer: the answer before it and the one with it in a line, and whether they are
 * the same. All as they are decided.
 */
export function useOutlineEffect(): (before: Analysis, now: Analysis, card: Card) => EffectOfOutline {
  const verdict = useVerdict();
  return (before, now, card) => {
    const line = (analysis: Analysis) => {
      const { cell, brief } = verdict(card, analysis).text;
      return `${cell}. ${brief}`;
    };
    const [was, is] = [line(before), line(now)];
    return { was, is, same: was === is };
  };
}

/** The same in one sentence, under an answer that it never leads. */
export function OutlineEffect({ before, now, card }: { before: Analysis; now: Analysis; card: Card }) {
  const { t } = useTranslation();
  const { was, is, same } = useOutlineEffect()(before, now, card);
  return (
    <Text size="sm" c="dimmed" mt="sm">
      {same ? t('answer.provisional.same') : t('answer.provisional.changed', { was, is })}
    </Text>
  );
}

interface EffectOfOutline {
  was: string;
  is: string;
  same: boolean;
}
