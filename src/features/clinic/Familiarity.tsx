import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../core/analysis';
import type { Card } from '../../core/card';
import { useLanguage } from '../../ui/context';
import { formatShare } from '../../ui/format';
import { Meaning } from '../../ui/Meaning';
import styles from './answer.module.css';

/** That the photo is like those the model has learned from, or that this model cannot tell. An unfamiliar one is "no result". */
export function Familiarity({ analysis, card }: { analysis: Analysis; card: Card }) {
  const { t } = useTranslation();
  if (!analysis.outOfDistribution) {
    return (
      <Text size="sm" c="dimmed">
        {t('answer.unknownFamiliarity')}
      </Text>
    );
  }
  if (!analysis.outOfDistribution.familiar) return null;
  return (
    <div className={styles.heading}>
      <Text size="sm">{t('answer.familiar')}</Text>
      <StrangenessMeaning subject={t('answer.familiar')} analysis={analysis} card={card} />
    </div>
  );
}

/** The score behind the words, and what counts as familiar. */
export function StrangenessMeaning({
  subject,
  analysis: { outOfDistribution },
  card,
}: {
  subject: string;
  analysis: Analysis;
  card: Card;
}) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (!outOfDistribution) return null;
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  return (
    <Meaning subject={subject}>
      {t('answer.familiarMeaning', {
        score: number.format(outOfDistribution.score),
        threshold: number.format(outOfDistribution.threshold),
        acceptance: formatShare(card.ood?.acceptance ?? 0, language),
      })}
    </Meaning>
  );
}
