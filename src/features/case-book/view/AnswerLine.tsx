import { Text } from '@mantine/core';
import { IconChartBar, IconFlag, IconFlagOff, IconHelpHexagon } from '@tabler/icons-react';
import type { Analysis } from '../../../core/analysis';
import { SiteMark } from '../../../ui/site-calibration/SiteMark';
import type { Case } from '../model/search';
import { hasResult, isFlagged, shownDecision } from '../model/shown-decision';
import { shownEntry } from '../model/shown-entry';
import { hasSeveralModels } from '../model/timeline';
import styles from './case-book.module.css';
import { type LesionsBeside, useAnswerLine } from './use-answer-words';

interface Props {
  analysis: Analysis;
  /** What was said of the other lesions in its photo, and those without an answer. */
  beside?: LesionsBeside | undefined;
  /** With the model's name, where another one may have said something else. */
  named?: boolean;
}

/**
 * A kept answer in a line: a sign for the eye that runs down a list, and the words. A flag of another lesion in
 * the photo is said too, how many more were found and have no answer, and a calibration of this site that the
 * answer is by.
 */
export function AnswerLine({ analysis, beside = {}, named = false }: Props) {
  const line = useAnswerLine();
  const flagged = isFlagged({ analysis, otherLesions: beside.otherLesions });
  const Icon = flagged ? IconFlag : iconOf(analysis);
  return (
    <Text size="xs" component="span" className={styles.answerLine} data-flagged={flagged || undefined}>
      <Icon size={14} aria-hidden />
      <span>{line(analysis, beside, named)}</span>
      <SiteMark site={analysis.siteCalibration} />
    </Text>
  );
}

/** The answer that stands for a case, by the name of its model where several have answered; nothing without one. */
export function CaseAnswer({ lesionCase }: { lesionCase: Case }) {
  const answer = shownEntry(lesionCase);
  return (
    answer && <AnswerLine analysis={answer.analysis} beside={answer} named={hasSeveralModels(lesionCase)} />
  );
}

function iconOf(analysis: Analysis) {
  if (shownDecision(analysis)) return IconFlagOff;
  return hasResult(analysis) ? IconChartBar : IconHelpHexagon;
}
