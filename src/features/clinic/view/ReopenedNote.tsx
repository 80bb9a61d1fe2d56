import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { formatDate } from '../../../core/date-locale';
import { packageHash } from '../../../engine/package/hash';
import type { Run } from '../../../runtime/run';
import { useLanguage } from '../../../ui/context';

/** That an answer was given at another time, by which version, and whether the package here is another one. */
export function ReopenedNote({ run, card }: { run: Run | undefined; card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const hash = useHash(card);
  if (run?.state !== 'done' || !run.reopened) return null;
  const { createdAt, provenance } = run.analysis;
  const other = hash !== null && hash !== provenance.packageHash;
  const newer = card.version !== provenance.packageVersion;
  return (
    <Text size="sm" role="note">
      {t('handOver.reopened', {
        date: formatDate(createdAt, language, { dateStyle: 'medium', timeStyle: 'short' }),
        model: read(card.title),
        version: provenance.packageVersion,
      })}
      {newer && ` ${t('handOver.newVersion', { version: card.version })}`}
      {!newer && other && ` ${t('handOver.otherBuild')}`}
    </Text>
  );
}

/** Of the package as this copy has it; null while it is computed. */
function useHash(card: Card): string | null {
  const [known, setKnown] = useState<{ card: Card; hash: string } | null>(null);
  useEffect(() => {
    let left = false;
    void packageHash(card).then((hash) => !left && setKnown({ card, hash }));
    return () => {
      left = true;
    };
  }, [card]);
  return known?.card === card ? known.hash : null;
}
