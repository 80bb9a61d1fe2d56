import { Text } from '@mantine/core';
import { IconChartBar, IconFlag, IconFlagOff, IconHelpHexagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import { countUnasked, type OtherLesion, type UnaskedLesions } from '../../../core/report/other-lesions';
import { useLanguage, useServices } from '../../../ui/context';
import { SiteMark } from '../../../ui/site-calibration/SiteMark';
import { hasResult, shownDecision } from '../model/shown-decision';
import styles from './case-book.module.css';
import { useAnswerWords } from './use-answer-words';

interface LesionsBeside {
  otherLesions?: readonly OtherLesion[] | undefined;
  unaskedLesions?: readonly UnaskedLesions[] | undefined;
}

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
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { runtime } = useServices();
  const words = useAnswerWords();
  const others = beside.otherLesions?.filter(({ flag }) => flag?.flagged).length ?? 0;
  const unasked = countUnasked(beside.unaskedLesions ?? []);
  const elsewhere = `report.answer.otherLesions.flagged.${others === 1 ? 'one' : 'several'}` as const;
  const Icon = iconOf(analysis);
  const { packageId } = analysis.provenance;
  const card = runtime.card(packageId);
  const flagged = shownDecision(analysis)?.above ?? false;
  return (
    <Text size="xs" component="span" className={styles.answerLine} data-flagged={flagged || undefined}>
      <Icon size={14} aria-hidden />
      <span>
        {words(analysis)}
        {named && ` (${card ? read(card.title) : packageId})`}
        {others > 0 && `. ${t(elsewhere, { count: others })}`}
        {unasked > 0 &&
          `${others > 0 ? '' : '.'} ${t(`unaskedLesions.${unasked === 1 ? 'one' : 'several'}`, { count: unasked })}.`}
      </span>
      <SiteMark site={analysis.siteCalibration} />
    </Text>
  );
}

function iconOf(analysis: Analysis) {
  const decision = shownDecision(analysis);
  if (decision) return decision.above ? IconFlag : IconFlagOff;
  return hasResult(analysis) ? IconChartBar : IconHelpHexagon;
}
