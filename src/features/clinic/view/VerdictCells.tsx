import { IconChartBar, IconFlag, IconFlagOff, IconHelpHexagon } from '@tabler/icons-react';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatAlternatives } from '../../../ui/format';
import { useVerdict } from '../../../ui/use-verdict';

interface Props {
  card: Card;
  /** As it is decided. */
  analysis: Analysis;
}

/** Two cells of a table: flagged or not, and what cannot be ruled out. */
export function VerdictCells({ card, analysis }: Props) {
  const { language, read } = useLanguage();
  const { verdict, text } = useVerdict()(card, analysis);
  const { flag, noResult, list } = verdict;
  const Flag = flag?.flagged ? IconFlag : IconFlagOff;
  const Icon = noResult ? IconHelpHexagon : flag ? Flag : IconChartBar;
  const names = list.classes.flatMap((id) => card.classes.filter((cardClass) => cardClass.id === id));
  return (
    <>
      <td>
        <Icon size={15} aria-hidden /> {text.cell}
      </td>
      <td>
        {noResult
          ? '–'
          : formatAlternatives(
              names.map(({ name }) => read(name)),
              language,
            )}
      </td>
    </>
  );
}
