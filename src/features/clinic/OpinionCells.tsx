import { IconFlag, IconFlagOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../core/card';
import type { opinionOf } from '../../core/model-comparison';
import { useLanguage } from '../../ui/context';
import { formatProbability } from '../../ui/format';
import { classOf } from './maps';

interface Props {
  card: Card;
  opinion: ReturnType<typeof opinionOf>;
}

/** Two cells of a table: the most probable class, and the probability of what is malignant with whether it is flagged. */
export function OpinionCells({ card, opinion: { top, malignant, flagged } }: Props) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const name = top && classOf(card, top.id)?.name;
  const Flag = flagged ? IconFlag : IconFlagOff;
  return (
    <>
      <td>
        {top
          ? `${name ? read(name) : top.id} ${formatProbability(top.probability, language)}`
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
