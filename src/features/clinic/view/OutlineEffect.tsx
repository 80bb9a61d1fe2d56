import { Alert, Stack } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import type { Progress } from '../../../engine/engine';
import { StageProgress } from '../../../ui/StageProgress';
import { useVerdict } from '../../../ui/use-verdict';

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
 * What the outline did to the answer: the answer before it and the one with it in short, and whether they are
 * the same. All as they are decided.
 */
export function useOutlineEffect(): (before: Analysis, now: Analysis, card: Card) => OutlineEffect {
  const verdict = useVerdict();
  return (before, now, card) => {
    const short = (analysis: Analysis) => verdict(card, analysis).text.short;
    const [was, is] = [short(before), short(now)];
    return { was, is, same: was === is };
  };
}

interface OutlineEffect {
  was: string;
  is: string;
  same: boolean;
}
