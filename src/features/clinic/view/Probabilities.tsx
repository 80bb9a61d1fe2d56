import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { calibratedBy, coarseAnswers, verdictOf } from '../../../core/decision/verdict';
import { useLanguage } from '../../../ui/context';
import { formatProbability } from '../../../ui/format';
import { type NamedProbability, ProbabilityBars } from '../../../ui/ProbabilityBars';
import { FoldingSection } from './FoldingSection';
import { Section } from './Section';

interface Props {
  analysis: Analysis;
  card: Card;
}

/** The classes with their probabilities; folded, the two most probable ones and what the flag is for. */
export function ProbabilitiesSection({ analysis, card }: Props) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { flag, explained } = verdictOf(card, analysis);
  const ordered = coarseItems(analysis, card, read).sort((a, b) => b.probability - a.probability);
  // Of a flagged photo the two most probable may both be benign: what it was flagged for is named, too.
  const shown = flag?.flagged
    ? (card.merge?.find(({ classes }) => classes.includes(explained))?.id ?? explained)
    : null;
  const essence = ordered
    .filter(({ id }, at) => at < 2 || id === shown)
    .map(({ name, probability }) => `${name} ${formatProbability(probability, language)}`)
    .join(' · ');
  return (
    <FoldingSection
      id="probabilities"
      heading={t('answer.probabilities')}
      meaning={t('answer.probabilitiesMeaning')}
      essence={essence}
    >
      <Numbers analysis={analysis} card={card} />
    </FoldingSection>
  );
}

/** The same where there is no result and somebody insists. */
export function InsistedProbabilities(props: Props) {
  const { t } = useTranslation();
  return (
    <Section heading={t('answer.probabilities')} meaning={t('answer.probabilitiesMeaning')}>
      <Numbers {...props} />
    </Section>
  );
}

function Numbers({ analysis, card }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const [coarse, setCoarse] = useState(card.merge != null);
  const items = coarse ? coarseItems(analysis, card, read) : classItems(analysis, card, read);
  return (
    <div>
      {card.merge && (
        <SegmentedControl
          size="xs"
          mb={4}
          aria-label={t('answer.grouping')}
          value={coarse ? 'coarse' : 'fine'}
          onChange={(value) => setCoarse(value === 'coarse')}
          data={[
            { value: 'fine', label: t('answer.fine') },
            { value: 'coarse', label: t('answer.coarse') },
          ]}
        />
      )}
      <ProbabilityBars items={items} compact />
    </div>
  );
}

type Read = ReturnType<typeof useLanguage>['read'];

function classItems(analysis: Analysis, card: Card, read: Read): NamedProbability[] {
  return card.classes.map(({ id, name, kind }) => ({
    id,
    name: read(name),
    kind,
    probability: analysis.probabilities.find((entry) => entry.id === id)?.calibrated ?? 0,
    range: analysis.testTimeAugmentation?.classes.find((entry) => entry.id === id),
  }));
}

function coarseItems(analysis: Analysis, card: Card, read: Read): NamedProbability[] {
  return coarseAnswers(card, calibratedBy(card, analysis.probabilities)).map((answer) => ({
    ...answer,
    name: read(answer.name),
    range: analysis.testTimeAugmentation?.coarse.find(({ id }) => id === answer.id),
  }));
}
