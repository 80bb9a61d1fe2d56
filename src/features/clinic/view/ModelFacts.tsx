import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatFixed, formatNumber, formatShare } from '../../../ui/format';
import { FactList } from './FactList';

/** The measures that are shown, in this order; a card may hold more. */
const measures = ['accuracy', 'balancedAccuracy', 'macroF1', 'auc'] as const;

/** The card in short: what the model does, what it learned from and how well it did. */
export function ModelFacts({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { results } = card;
  const measured = measures.flatMap((name) => {
    const estimate = results.metrics[name];
    if (!estimate) return [];
    // An area under a curve is no share of anything, so it is not written in per cent.
    const write = (value: number) =>
      name === 'auc' ? formatFixed(value, language, 3) : formatShare(value, language);
    const { value, low, high } = estimate;
    return [
      { name, text: t('metric.interval', { value: write(value), low: write(low), high: write(high) }) },
    ];
  });

  const facts: [string, string][] = [
    [t('model.version'), `${card.id} ${card.version}`],
    [
      t('model.parameters'),
      `${formatNumber(card.architecture.parameters, language)} (${card.architecture.name})`,
    ],
    [t('model.data'), `${card.data.name} (${card.data.licence})`],
    [t('model.licence'), card.licence],
  ];

  return (
    <Stack gap="xs" pt="xs">
      <Text size="sm">{read(card.summary)}</Text>
      <FactList facts={facts} />
      <Text size="sm" fw={600}>
        {measured.length > 0
          ? t('model.accuracy', { amount: formatNumber(results.count, language) })
          : t('model.noTest')}
      </Text>
      <FactList facts={measured.map(({ name, text }) => [t(`metric.${name}`), text] as const)} />
      {card.decision?.fittedOn === 'test' && <Text size="sm">{t('pane.fittedOnTest')}</Text>}
    </Stack>
  );
}
