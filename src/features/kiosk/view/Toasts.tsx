import { Button } from '@mantine/core';
import { IconRefreshAlert } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useKiosk, useVisitorSession } from './context';
import styles from './kiosk.module.css';

/** Milliseconds that the note of a recovery stays. */
const shownForMs = 8000;

/** Asks a visitor who has not touched anything for long whether they are there. */
export function IdleNotice() {
  const { t } = useTranslation();
  const { session } = useKiosk();
  const seconds = useVisitorSession(({ secondsLeft }) => secondsLeft);
  if (seconds === null) return null;
  return (
    <div className={styles.toast} role="alert">
      <span>{t('kiosk.idle', { count: seconds })}</span>
      <Button size="lg" onClick={() => session.touched()}>
        {t('kiosk.stillHere')}
      </Button>
    </div>
  );
}

/** Tells for a moment that the GPU or the engine was lost and came back. */
export function RecoveryNotice() {
  const { t } = useTranslation();
  const { recovery } = useKiosk();
  const last = useStore(recovery.store, ({ last }) => last);
  const [shown, setShown] = useState<typeof last>(null);
  useEffect(() => {
    if (!last) return;
    const timer = setTimeout(() => setShown(last), shownForMs);
    return () => clearTimeout(timer);
  }, [last]);
  if (!last || shown === last) return null;
  return (
    <div className={styles.toast} role="status">
      <IconRefreshAlert aria-hidden />
      {t(last.code === 'device-lost' ? 'kiosk.gpuBack' : 'kiosk.engineBack')}
    </div>
  );
}
