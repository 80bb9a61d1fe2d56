import { Button } from '@mantine/core';
import { IconColumns2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../context';
import { BesideDialog } from './BesideDialog';

/** Shows two picked photos side by side; nothing where more or fewer are picked. */
export function BesideButton({ picked }: { picked: readonly string[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const photos = useWorkbench((state) => state.photos);
  const [first, second, ...more] = photos.filter(({ id, url }) => picked.includes(id) && url !== null);
  if (!first || !second || more.length > 0) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconColumns2 size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('pane.beside.open')}
      </Button>
      {open && <BesideDialog first={first} second={second} onClose={() => setOpen(false)} />}
    </>
  );
}
