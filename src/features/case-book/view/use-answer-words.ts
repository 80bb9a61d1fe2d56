import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import { listedIn } from '../../../core/decision/class-list';
import {
  countUnasked,
  flaggedAmong,
  type OtherLesion,
  type UnaskedLesions,
} from '../../../core/report/other-lesions';
import { useLanguage, useServices } from '../../../ui/context';
import { formatProbability, formatWantedShare } from '../../../ui/format';
import { useBriefList } from '../../../ui/use-brief-list';
import { useSaidDecision } from '../../../ui/use-said-decision';
import { useVerdict } from '../../../ui/use-verdict';
import { hasResult, shownDecision } from '../model/shown-decision';

export interface LesionsBeside {
  otherLesions?: readonly OtherLesion[] | undefined;
  unaskedLesions?: readonly UnaskedLesions[] | undefined;
}

/**
 * A kept answer, that its threshold was asked for by the user, what was said of the other lesions in its photo and
 * how many have no answer. `named`: with the model's name.
 */
export function useAnswerLine(): (analysis: Analysis, beside: LesionsBeside, named: boolean) => string {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { runtime } = useServices();
  const words = useAnswerWords();
  return (analysis, beside, named) => {
    const { packageId } = analysis.provenance;
    const card = runtime.card(packageId);
    const others = flaggedAmong(beside.otherLesions ?? []).length;
    const wanted = shownDecision(analysis)?.wanted ?? null;
    const unasked = countUnasked(beside.unaskedLesions ?? []);
    const elsewhere = `report.answer.otherLesions.flagged.${others === 1 ? 'one' : 'several'}` as const;
    const counted = `unaskedLesions.${unasked === 1 ? 'one' : 'several'}` as const;
    const { lead, list } = words(analysis);
    return [
      lead,
      named ? ` (${card ? read(card.title) : packageId})` : '',
      `. ${list}`,
      wanted === null
        ? ''
        : `. ${t('verdict.targetChosen', { target: formatWantedShare(wanted, language) })}`,
      others > 0 ? `. ${t(elsewhere, { count: others })}` : '',
      unasked > 0 ? `${others > 0 ? '' : '.'} ${t(counted, { count: unasked })}.` : '',
    ].join('');
  };
}

/**
 * A kept answer in a line, in the words of every other screen: a flag leads, with its sum against the threshold, and
 * what cannot be ruled out comes next. The package may be gone, or here in another version with other classes: then
 * the line is by the decision that was kept.
 */
function useAnswerWords(): (analysis: Analysis) => { lead: string; list: string } {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { runtime } = useServices();
  const say = useVerdict();
  const decisionOf = useSaidDecision();
  const listOf = useBriefList();
  return (analysis) => {
    const { packageId, packageVersion } = analysis.provenance;
    const card = runtime.card(packageId);
    if (card?.version === packageVersion) {
      const { cell, brief } = say(card, analysis).text;
      return { lead: cell, list: brief };
    }
    const { classes, words } = listedIn(analysis);
    const noResult = !hasResult(analysis);
    return { lead: leadOf(analysis), list: listOf(null, { classes, listed: words, noResult }) };
  };

  function leadOf(analysis: Analysis): string {
    const { decision } = analysis;
    const flag = decision && { ...decision, flagged: decision.above };
    const noResult = !hasResult(analysis);
    if (flag || noResult) return decisionOf({ flag, noResult });
    const top = analysis.probabilities.reduce((best, next) =>
      next.calibrated > best.calibrated ? next : best,
    );
    const probability = formatProbability(top.calibrated, language);
    return t('verdict.cell.most-probable', { name: top.id, probability });
  }
}
