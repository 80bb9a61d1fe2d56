import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { othersOf } from '../../model/model-comparison';
import { useWorkbench } from '../context';
import { useCard } from '../use-card';
import { AgreementDialog } from './AgreementDialog';

/** Opens what several models say of the whole queue; nothing where there is one model, or one photo. */
export function AgreementButton() {
  const { t } = useTranslation();
  const { card, cards } = useCard();
  const several = useWorkbench(({ photos }) => photos.length > 1);
  const [open, setOpen] = useState(false);
  if (!several || !card || othersOf(cards, card).length === 0) return null;
  return (
    <>
      <Tooltip label={t('pane.agreement.open')}>
        <ActionIcon
          size={28}
          variant="subtle"
          color="gray"
          aria-label={t('pane.agreement.open')}
          onClick={() => setOpen(true)}
        >
          <IconTable size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {open && <AgreementDialog card={card} cards={cards} onClose={() => setOpen(false)} />}
    </>
  );
}
