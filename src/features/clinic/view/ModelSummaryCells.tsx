import { IconFlag, IconFlagOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../ui/context';
import { formatProbability } from '../../../ui/format';
import type { summariseModel } from '../model/model-comparison';

interface Props {
  summary: ReturnType<typeof summariseModel>;
}

/** Two cells of a table: the most probable answer, and the probability of what is malignant with whether it is flagged. */
export function ModelSummaryCells({ summary: { top, malignant, flagged } }: Props) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const Flag = flagged ? IconFlag : IconFlagOff;
  return (
    <>
      <td>
        {top
          ? `${read(top.name)} ${formatProbability(top.probability, language)}`
          : t('answer.noResultHeading')}
      </td>
      <td>
        {malignant === null ? '–' : formatProbability(malignant, language)}{' '}
        {flagged !== null && (
          <Flag
            size={15}
            role="img"
            aria-label={t(flagged ? 'viewer.queue.flagged' : 'viewer.compare.notFlagged')}
          />
        )}
      </td>
    </>
  );
}
