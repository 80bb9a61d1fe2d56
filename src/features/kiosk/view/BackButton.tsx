import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useKiosk } from './context';

/** Back to the samples. */
export function BackButton() {
  const { t } = useTranslation();
  const { session } = useKiosk();
  return (
    <Button
      size="xl"
      variant="default"
      leftSection={<IconArrowLeft size="1.2em" aria-hidden />}
      onClick={() => session.go('choose')}
    >
      {t('kiosk.back')}
    </Button>
  );
}
