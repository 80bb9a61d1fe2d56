import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordLesion } from '../../../records/record';
import { useLanguage } from '../../../ui/context';
import { formatDay } from './day';

/** How many of a lesion's impressions are shown at first, and more at each press. */
const shownAtOnce = 20;

interface Props {
  impressions: RecordLesion['impressions'];
  /** The words for a label, which may be a class id. */
  named: (label: string) => string;
}

/** What the clinician thought, the newest at the end; of very many the last ones, and earlier ones on demand. */
export function ImpressionList({ impressions, named }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [shown, setShown] = useState(shownAtOnce);
  const hidden = Math.max(0, impressions.length - shown);
  return (
    <>
      {hidden > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setShown(shown + shownAtOnce)}
        >
          {t('caseBook.impression.earlier', { count: Math.min(hidden, shownAtOnce) })}
        </Button>
      )}
      {impressions.slice(hidden).map(({ label, recordedAt, beforeAnswer }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: imported ones may share photo and time, and none moves.
        <Text size="sm" key={hidden + index}>
          {formatDay(recordedAt, language)}{' '}
          {t(beforeAnswer ? 'caseBook.impression.writtenBefore' : 'caseBook.impression.writtenAfter', {
            label: named(label),
          })}
        </Text>
      ))}
    </>
  );
}
