import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { ProbabilityBars } from '../../../ui/ProbabilityBars';
import { useVerdict } from '../../../ui/use-verdict';
import { limitsToShow } from '../model/limits';
import type { SelfCheckAnswers } from '../model/outcome';
import styles from './self-check.module.css';
import { verdictLines } from './verdict-lines';

/** What the model must not be trusted with, beside every result of it; counted from its card. */
export function ModelLimits({ card, answers }: { card: Card; answers: SelfCheckAnswers }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const dark = countOf(card, 'fitzpatrick', ['5', '6']);
  const melanomas = supportOf(card, 'mel');
  const { limits, alarmLeftOut } = limitsToShow(card, answers);
  return (
    <section className={styles.panel} aria-labelledby="limits">
      <h2 id="limits">{t('selfCheck.limits.heading')}</h2>
      <ul>
        {dark !== null && melanomas !== null && (
          <li>{t('selfCheck.limits.tested', { count: card.results.count, dark, melanomas })}</li>
        )}
        {alarmLeftOut && <li>{t('selfCheck.limits.misses')}</li>}
        {limits.map((limit) => (
          <li key={limit.en}>{read(limit)}</li>
        ))}
      </ul>
    </section>
  );
}

/** Test photos of some values of a subgroup; null where the card does not count them. */
function countOf(card: Card, field: string, values: readonly string[]): number | null {
  const groups = card.results.subgroups.filter((group) => group.field === field);
  if (groups.length === 0) return null;
  return groups.filter(({ value }) => values.includes(value)).reduce((sum, { count }) => sum + count, 0);
}

/** Test photos of a class: a row of the confusion matrix. */
function supportOf({ results: { confusion } }: Card, classId: string): number | null {
  const row = confusion?.matrix[confusion.labels.indexOf(classId)];
  return row ? row.reduce((sum, count) => sum + count, 0) : null;
}

/** The numbers, for whoever asks for them. */
export function Details({ analysis, card }: { analysis: Analysis; card: Card }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const nameOf = (id: string) => {
    const cardClass = card.classes.find((known) => known.id === id);
    return cardClass ? read(cardClass.name) : id;
  };
  const { text } = useVerdict()(card, analysis);
  const sentences = verdictLines(text, analysis, t('selfCheck.details.unusual'));
  return (
    <details className={styles.panel}>
      <summary>{t('selfCheck.details.open')}</summary>
      <Text size="sm" my="sm">
        {t(card.domain === 'acne' ? 'acne.numbers' : 'selfCheck.details.warning')}
      </Text>
      {sentences.map((sentence) => (
        <Text size="sm" my="sm" key={sentence}>
          {sentence}
        </Text>
      ))}
      <ProbabilityBars
        items={analysis.probabilities.map(({ id, calibrated }) => ({
          id,
          name: nameOf(id),
          kind: card.classes.find((known) => known.id === id)?.kind ?? 'benign',
          probability: calibrated,
        }))}
      />
      <Text size="sm" mt="sm" c="dimmed">
        {t('selfCheck.details.model', {
          model: `${analysis.provenance.packageId} ${analysis.provenance.packageVersion}`,
          data: `${card.data.name}, ${card.data.licence}`,
        })}
      </Text>
    </details>
  );
}
