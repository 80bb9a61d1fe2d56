import { ActionIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCloudDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { later } from '../ui/later';
import { CrashBoundary } from './CrashBoundary';

const OfflineDialog = later(async () => (await import('./OfflineDialog')).OfflineDialog);

/** In the header: what this device keeps for a time without network. The dialog is fetched when it is first asked for. */
export function OfflineButton() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const [asked, setAsked] = useState(false);
  const show = () => {
    setAsked(true);
    open();
  };
  return (
    <>
      <ActionIcon size="lg" variant="subtle" color="gray" aria-label={t('install.open')} onClick={show}>
        <IconCloudDown size={20} aria-hidden />
      </ActionIcon>
      {asked && (
        <CrashBoundary>
          <OfflineDialog opened={opened} onClose={close} />
        </CrashBoundary>
      )}
    </>
  );
}
