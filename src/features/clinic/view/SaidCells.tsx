import { IconChartBar, IconFlag, IconFlagOff, IconHelpHexagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { classNameOf } from '../../../core/card/class-name';
import { saidFlag } from '../../../core/decision/flag';
import type { OtherLesion } from '../../../core/report/other-lesions';
import { useLanguage } from '../../../ui/context';
import { formatAlternatives } from '../../../ui/format';
import { useBriefList } from '../../../ui/use-brief-list';
import { useSaidDecision } from '../../../ui/use-said-decision';

/**
 * Two cells of a table, as VerdictCells, of a lesion of which only what was said at another time is known: no
 * probability of a class is, and none is shown.
 */
export function SaidCells({ card, said }: { card: Card; said: OtherLesion }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const decisionOf = useSaidDecision();
  const listOf = useBriefList();
  const { noResult, listed } = said;
  const flag = saidFlag(said.flag, !noResult);
  const Flag = flag?.flagged ? IconFlag : IconFlagOff;
  const Icon = noResult ? IconHelpHexagon : flag ? Flag : IconChartBar;
  const classes = formatAlternatives(
    said.classes.map((id) => classNameOf(card, id, language)),
    language,
  );
  return (
    <>
      <td>
        <Icon size={15} aria-hidden /> {decisionOf(said)}
      </td>
      <td>
        {noResult
          ? listOf(card, said)
          : listed === 'unsure'
            ? t('viewer.compare.unsure', { classes })
            : classes}
      </td>
    </>
  );
}
