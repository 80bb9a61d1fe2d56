import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useKiosk, useVisitorSession } from './context';

/** Back to the samples or to the score, whichever the visitor came from. `main`: there is no other way on. */
export function BackButton({ main = false }: { main?: boolean }) {
  const { t } = useTranslation();
  const { session } = useKiosk();
  const backTo = useVisitorSession((state) => state.backTo);
  return (
    <Button
      size="xl"
      variant={main ? 'filled' : 'default'}
      leftSection={<IconArrowLeft size="1.2em" aria-hidden />}
      onClick={() => session.go(backTo)}
    >
      {t('kiosk.back')}
    </Button>
  );
}
