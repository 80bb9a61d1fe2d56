import { Text } from '@mantine/core';
import { IconChartBar, IconFlag, IconFlagOff, IconHelpHexagon } from '@tabler/icons-react';
import type { Analysis } from '../../../core/analysis';
import { hasResult, shownDecision } from '../model/shown-decision';
import styles from './case-book.module.css';
import { useAnswerWords } from './use-answer-words';

/** A kept answer in a line: a sign for the eye that runs down a list, and the words. */
export function AnswerLine({ analysis }: { analysis: Analysis }) {
  const words = useAnswerWords();
  const Icon = iconOf(analysis);
  const flagged = shownDecision(analysis)?.above ?? false;
  return (
    <Text size="xs" component="span" className={styles.answerLine} data-flagged={flagged || undefined}>
      <Icon size={14} aria-hidden />
      <span>{words(analysis)}</span>
    </Text>
  );
}

function iconOf(analysis: Analysis) {
  const decision = shownDecision(analysis);
  if (decision) return decision.above ? IconFlag : IconFlagOff;
  return hasResult(analysis) ? IconChartBar : IconHelpHexagon;
}
