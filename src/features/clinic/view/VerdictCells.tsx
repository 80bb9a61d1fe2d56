import { IconChartBar, IconFlag, IconFlagOff, IconHelpHexagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatAlternatives } from '../../../ui/format';
import { SiteMark } from '../../../ui/site-calibration/SiteMark';
import { useVerdict } from '../../../ui/use-verdict';
import { useUnaskedBrief } from './use-unasked-brief';

interface Props {
  card: Card;
  /** As it is decided. */
  analysis: Analysis;
  /** How many lesions of the photo the model has no answer for. */
  unasked?: number;
}

/** Two cells of a table: flagged or not, and what cannot be ruled out. */
export function VerdictCells({ card, analysis, unasked = 0 }: Props) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { verdict, text } = useVerdict()(card, analysis);
  const { flag, noResult, list, site } = verdict;
  const without = useUnaskedBrief()(unasked);
  const Flag = flag?.flagged ? IconFlag : IconFlagOff;
  const Icon = noResult ? IconHelpHexagon : flag ? Flag : IconChartBar;
  const names = list.classes.flatMap((id) => card.classes.filter((cardClass) => cardClass.id === id));
  const classes = formatAlternatives(
    names.map(({ name }) => read(name)),
    language,
  );
  // Under a heading that rules out what is not listed, a list that rules out nothing has to say so.
  const listed = list.unsure ? t('viewer.compare.unsure', { classes }) : classes;
  return (
    <>
      <td>
        <Icon size={15} aria-hidden /> {text.cell} <SiteMark site={site} />
        {without && ` · ${without}`}
      </td>
      <td>{noResult ? text.brief : listed}</td>
    </>
  );
}
