import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatAlternatives, formatShare } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import styles from './answer.module.css';

/** The conformal prediction set in words. Nothing where the card has none, or where the set is empty (that is "no result"). */
export function PredictionSet({ analysis: { conformalSet }, card }: { analysis: Analysis; card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  if (!card.calibration || conformalSet.length === 0) return null;
  const coverage = formatShare(card.calibration.conformal.coverage, language);
  const names = conformalSet.flatMap((id) =>
    card.classes.filter((cardClass) => cardClass.id === id).map(({ name }) => read(name)),
  );
  const key =
    conformalSet.length === 1 ? 'setOne' : conformalSet.length === card.classes.length ? 'setAll' : 'setSome';
  return (
    <section>
      <div className={styles.heading}>
        <Title order={3} size="sm">
          {t('answer.setHeading')}
        </Title>
        <HelpTip subject={t('answer.setHeading')}>{t('answer.setMeaning', { coverage })}</HelpTip>
      </div>
      <Text size="sm">{t(`answer.${key}`, { classes: formatAlternatives(names, language), coverage })}</Text>
    </section>
  );
}
