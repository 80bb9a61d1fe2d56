import { Button, Collapse, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconHelpHexagon } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { calibratedBy, coarseAnswers, topAnswer, verdictOf } from '../../../core/decision/verdict';
import { useLanguage } from '../../../ui/context';
import { formatProbability, formatShare } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import { type NamedProbability, ProbabilityBars } from '../../../ui/ProbabilityBars';
import styles from './answer.module.css';
import { DecisionSection } from './DecisionSection';
import { DegradationNotice } from './DegradationNotice';
import { LesionSection } from './LesionSection';
import { OodHelpTip, OodNotice } from './OodNotice';
import { PredictionSet } from './PredictionSet';
import { ProvenanceSection } from './ProvenanceSection';
import { QualityWarnings } from './QualityWarnings';
import { TtaSection } from './TtaSection';
import { WhatIfSection } from './WhatIfSection';

/** The answer of one package for one photo. */
export function ResultView({ analysis, card, photoId }: { analysis: Analysis; card: Card; photoId: string }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const verdict = verdictOf(analysis, card.calibration != null);
  const top = topAnswer(card, analysis);
  return (
    <Stack gap="lg">
      {verdict.kind === 'no-result' ? (
        <NoResult why={verdict.why} analysis={analysis} card={card}>
          <Numbers analysis={analysis} card={card} />
        </NoResult>
      ) : (
        <>
          <header>
            <Text size="sm" c="dimmed">
              {t('answer.mostProbable')}
            </Text>
            <Title order={2} className={styles.headline}>
              <span>{top && read(top.name)}</span>
              <span className={styles.headlineNumber}>
                {formatProbability(top?.probability ?? 0, language)}
              </span>
            </Title>
          </header>
          <Numbers analysis={analysis} card={card} />
        </>
      )}
      <DegradationNotice degradations={analysis.degradations} />
      <OodNotice analysis={analysis} card={card} />
      <QualityWarnings analysis={analysis} />
      <LesionSection analysis={analysis} />
      <WhatIfSection analysis={analysis} card={card} />
      <TtaSection photoId={photoId} analysis={analysis} packageId={card.id} />
      <section>
        <Title order={3} className={styles.heading}>
          {t('answer.limits')}
        </Title>
        <ul className={styles.limits}>
          {card.limits.map((limit) => (
            <li key={limit.en}>{read(limit)}</li>
          ))}
        </ul>
        <Text size="sm" fw={500}>
          {t('app.disclaimer')}
        </Text>
      </section>
      <ProvenanceSection analysis={analysis} />
    </Stack>
  );
}

/** "No confident result", in the place of the headline; the numbers stay within reach of who insists. */
function NoResult({
  why,
  analysis,
  card,
  children,
}: {
  why: 'out-of-distribution' | 'empty-set';
  analysis: Analysis;
  card: Card;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [shown, setShown] = useState(false);
  const coverage = formatShare(card.calibration?.conformal.coverage ?? 0, language);
  return (
    <>
      <header className={styles.noResult}>
        <IconHelpHexagon size={32} stroke={1.5} aria-hidden />
        <div>
          <Title order={2} className={styles.headline}>
            {t('answer.noResultHeading')}
          </Title>
          <Text fw={500} mt={4} component="div">
            {t(why === 'out-of-distribution' ? 'answer.outOfDistribution' : 'answer.emptySet')}
            {why === 'out-of-distribution' && (
              <OodHelpTip subject={t('answer.outOfDistribution')} analysis={analysis} card={card} />
            )}
          </Text>
          <Text size="sm" mt={4}>
            {why === 'out-of-distribution'
              ? t('answer.outOfDistributionHelp')
              : t('answer.emptySetHelp', { coverage })}
          </Text>
        </div>
      </header>
      {!shown && (
        <Button
          variant="default"
          size="sm"
          onClick={() => setShown(true)}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('answer.showNumbers')}
        </Button>
      )}
      <Collapse expanded={shown} keepMounted={false}>
        {children}
      </Collapse>
    </>
  );
}

function Numbers({ analysis, card }: { analysis: Analysis; card: Card }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const [coarse, setCoarse] = useState(card.merge != null);
  const items = coarse ? coarseItems(analysis, card, read) : classItems(analysis, card, read);
  return (
    <Stack gap="lg">
      <section>
        <div className={styles.heading}>
          <Title order={3} size="sm">
            {t('answer.probabilities')}
          </Title>
          <HelpTip subject={t('answer.probabilities')}>{t('answer.probabilitiesMeaning')}</HelpTip>
        </div>
        {card.merge && (
          <SegmentedControl
            size="xs"
            aria-label={t('answer.grouping')}
            value={coarse ? 'coarse' : 'fine'}
            onChange={(value) => setCoarse(value === 'coarse')}
            data={[
              { value: 'fine', label: t('answer.fine') },
              { value: 'coarse', label: t('answer.coarse') },
            ]}
          />
        )}
        <ProbabilityBars items={items} />
        <details className={styles.classes}>
          <summary>{t('answer.classes')}</summary>
          <dl>
            {card.classes.map(({ id, name, description, malignant }) => (
              <div key={id}>
                <dt>
                  {read(name)} <span>({t(malignant ? 'answer.malignant' : 'answer.notMalignant')})</span>
                </dt>
                <dd>{read(description)}</dd>
              </div>
            ))}
          </dl>
        </details>
      </section>
      <PredictionSet analysis={analysis} card={card} />
      {analysis.decision && card.decision && (
        <DecisionSection decision={analysis.decision} rule={card.decision} card={card} />
      )}
    </Stack>
  );
}

type Read = ReturnType<typeof useLanguage>['read'];

function classItems(analysis: Analysis, card: Card, read: Read): NamedProbability[] {
  return card.classes.map(({ id, name, malignant }) => ({
    id,
    name: read(name),
    malignant,
    probability: analysis.probabilities.find((probability) => probability.id === id)?.calibrated ?? 0,
    range: analysis.testTimeAugmentation?.classes.find((spread) => spread.id === id),
  }));
}

function coarseItems(analysis: Analysis, card: Card, read: Read): NamedProbability[] {
  return coarseAnswers(card, calibratedBy(card, analysis.probabilities)).map((answer) => ({
    ...answer,
    name: read(answer.name),
    range: analysis.testTimeAugmentation?.coarse.find(({ id }) => id === answer.id),
  }));
}
