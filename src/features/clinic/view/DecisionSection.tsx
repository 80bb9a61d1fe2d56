import { Text, Title } from '@mantine/core';
import { IconChartBar, IconFlag, IconFlagOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { probabilityInPercent } from '../../../core/percent';
import { useLanguage } from '../../../ui/context';
import type { SaidVerdict } from '../../../ui/use-verdict';
import styles from './answer.module.css';

/**
 * What leads the answer: flagged or not, by how much, and what that does not mean. Without a threshold, the
 * most probable class. How the threshold came about is in ThresholdSection.
 */
export function DecisionSection({ said: { verdict, text } }: { said: SaidVerdict }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { flag } = verdict;
  // With as many digits as tell the two apart.
  const percent = (value: number) =>
    probabilityInPercent(value, language, { digits: flag?.digits ?? 0, space: '\u00a0' });
  const Icon = !flag ? IconChartBar : flag.flagged ? IconFlag : IconFlagOff;
  return (
    <section aria-label={t('answer.decisionHeading')}>
      <div className={styles.decision} data-flagged={flag?.flagged || undefined}>
        <div className={styles.lead}>
          <Icon size={26} stroke={1.75} aria-hidden />
          <Title order={2} className={styles.headline}>
            {text.flaggedAllTheSame ?? text.headline}
          </Title>
        </div>
        {flag && (
          <Text size="sm" fw={500}>
            {t('pane.against', {
              added: t(`verdict.added.${flag.added}`),
              probability: percent(flag.probability),
              threshold: percent(flag.threshold),
            })}
          </Text>
        )}
        {text.caution && <Text className={styles.caution}>{text.caution}</Text>}
      </div>
    </section>
  );
}
