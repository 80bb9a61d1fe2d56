import { Button, Collapse, Stack, Text, Title } from '@mantine/core';
import { IconHelpHexagon } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import type { VerdictText } from '../../../report/verdict-text';
import { SiteNotApplied } from '../../../ui/site-calibration/SiteNotApplied';
import { useVerdict } from '../../../ui/use-verdict';
import styles from './answer.module.css';
import { DecisionSection } from './DecisionSection';
import { DegradationNotice } from './DegradationNotice';
import { OodHelpTip, OodWarning } from './OodNotice';
import { PredictionSet } from './PredictionSet';
import { InsistedProbabilities, ProbabilitiesSection } from './Probabilities';
import { QualityWarnings } from './QualityWarnings';

/**
 * What the answer of one package comes to: flagged or not, every warning, what cannot be ruled out, the
 * classes. What goes with it is in AnswerDetails.
 */
export function ResultView({ analysis, card }: { analysis: Analysis; card: Card }) {
  const said = useVerdict()(card, analysis);
  const { verdict, text } = said;
  return (
    <Stack gap="sm">
      {verdict.noResult && <NoResult analysis={analysis} card={card} text={text} />}
      {(!verdict.noResult || verdict.flag?.flagged) && <DecisionSection said={said} />}
      {text.site && <Text size="sm">{text.site}</Text>}
      {text.otherVersion && <Text size="sm">{text.otherVersion}</Text>}
      <SiteNotApplied card={card} site={verdict.site} />
      <DegradationNotice degradations={analysis.degradations} />
      <OodWarning analysis={analysis} card={card} />
      <QualityWarnings analysis={analysis} />
      {verdict.noResult ? (
        <NumbersAllTheSame>
          <InsistedProbabilities analysis={analysis} card={card} />
        </NumbersAllTheSame>
      ) : (
        <>
          <PredictionSet said={said} card={card} />
          <ProbabilitiesSection analysis={analysis} card={card} />
        </>
      )}
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
