import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatWantedShare } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import styles from './answer.module.css';

interface Props {
  analysis: Analysis;
  card: Card;
}

/** That the photo is unusual for this model, or that the model cannot tell. One that is refused is "no result". */
export function OodWarning({ analysis, card }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (!analysis.outOfDistribution) {
    return (
      <Text size="sm" c="dimmed">
        {t('answer.oodUnknown')}
      </Text>
    );
  }
  const { inDistribution, refused } = analysis.outOfDistribution;
  if (refused || inDistribution) return null;
  const words = t('answer.unusual', { acceptance: formatWantedShare(card.ood?.acceptance ?? 0, language) });
  return (
    <div className={styles.heading}>
      <IconAlertTriangle size={18} stroke={1.5} aria-hidden className={styles.outOfDistribution} />
      <Text size="sm" fw={500}>
        {words}
      </Text>
      <OodHelpTip subject={words} analysis={analysis} card={card} />
    </div>
  );
}

/** That the photo is like those the model has learned from; nothing where it is not. */
export function InDistributionNote({ analysis, card }: Props) {
  const { t } = useTranslation();
  if (!analysis.outOfDistribution?.inDistribution) return null;
  const words = t('answer.inDistribution');
  return (
    <div className={styles.heading}>
      <Text size="sm">{words}</Text>
      <OodHelpTip subject={words} analysis={analysis} card={card} />
    </div>
  );
}

/** The score behind the words, and what counts as in-distribution. */
export function OodHelpTip({
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
    <HelpTip subject={subject}>
      {t('answer.oodScoreMeaning', {
        score: number.format(outOfDistribution.score),
        threshold: number.format(outOfDistribution.threshold),
        acceptance: formatWantedShare(card.ood?.acceptance ?? 0, language),
      })}
    </HelpTip>
  );
}
