import { Button, Collapse, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconHelpHexagon } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { calibratedBy, coarseAnswers } from '../../../core/decision/verdict';
import type { VerdictText } from '../../../report/verdict-text';
import { useLanguage } from '../../../ui/context';
import { HelpTip } from '../../../ui/HelpTip';
import { type NamedProbability, ProbabilityBars } from '../../../ui/ProbabilityBars';
import { useVerdict } from '../../../ui/use-verdict';
import styles from './answer.module.css';
import { DecisionSection } from './DecisionSection';
import { DegradationNotice } from './DegradationNotice';
import { LesionSection } from './LesionSection';
import { OodHelpTip, OodNotice } from './OodNotice';
import { PanelSection } from './PanelSection';
import { PredictionSet } from './PredictionSet';
import { ProvenanceSection } from './ProvenanceSection';
import { QualityWarnings } from './QualityWarnings';
import { TtaSection } from './TtaSection';
import { WhatIfSection } from './WhatIfSection';

/**
 * The answer of one package for one photo: flagged or not, what cannot be ruled out, the classes; then all
 * that belongs to it.
 */
export function ResultView({ analysis, card, photoId }: { analysis: Analysis; card: Card; photoId: string }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const said = useVerdict()(card, analysis);
  const { verdict, text } = said;
  return (
    <Stack gap="lg">
      {verdict.noResult ? (
        <>
          <NoResult analysis={analysis} card={card} text={text} />
          {verdict.flag?.flagged && <DecisionSection said={said} card={card} />}
          <NumbersAllTheSame>
            <Numbers analysis={analysis} card={card} />
          </NumbersAllTheSame>
        </>
      ) : (
        <>
          <DecisionSection said={said} card={card} />
          <PredictionSet said={said} card={card} />
          <Numbers analysis={analysis} card={card} />
        </>
      )}
      <PanelSection analysis={analysis} card={card} text={text} />
      {text.site && <Text size="sm">{text.site}</Text>}
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

/** "No confident result", in the place of the headline. */
function NoResult({ analysis, card, text }: { analysis: Analysis; card: Card; text: VerdictText }) {
  const { t } = useTranslation();
  return (
    <header className={styles.noResult}>
      <IconHelpHexagon size={32} stroke={1.5} aria-hidden />
      <div>
        <Title order={2} className={styles.headline}>
          {text.headline}
        </Title>
        <Text fw={500} mt={4} component="div">
          {text.noResult}
          <OodHelpTip subject={text.headline} analysis={analysis} card={card} />
        </Text>
        <Text size="sm" mt={4}>
          {t('answer.outOfDistributionHelp')}
        </Text>
      </div>
    </header>
  );
}

/** What means little stays within reach of who insists. */
function NumbersAllTheSame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <>
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
          {card.classes.map(({ id, name, description, kind }) => (
            <div key={id}>
              <dt>
                {read(name)} <span>({t(`verdict.kind.${kind}`)})</span>
              </dt>
              <dd>
                {read(description)} {kind === 'premalignant' && t('verdict.kindMeaning.premalignant')}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
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
