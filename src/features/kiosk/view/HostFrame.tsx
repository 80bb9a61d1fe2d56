import { Button, SegmentedControl } from '@mantine/core';
import { useFullscreenDocument } from '@mantine/hooks';
import { IconMaximize, IconMinimize } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKiosk } from './context';
import styles from './host.module.css';

/** Around the host's pages: from one to the other, to a full screen, and back to the loop. */
export function HostFrame({ here, children }: { here: 'settings' | 'preflight'; children: ReactNode }) {
  const { t } = useTranslation();
  const { session } = useKiosk();
  const { fullscreen, toggle } = useFullscreenDocument();
  return (
    <div className={styles.host}>
      <div className={styles.bar}>
        <SegmentedControl
          size="lg"
          aria-label={t('kiosk.host')}
          value={here}
          onChange={(place) => session.goAsHost(place === 'preflight' ? 'preflight' : 'settings')}
          data={[
            { value: 'settings', label: t('kiosk.settings.heading') },
            { value: 'preflight', label: t('kiosk.preflight.heading') },
          ]}
        />
        <Button
          size="md"
          variant="default"
          leftSection={
            fullscreen ? <IconMinimize size="1.3em" aria-hidden /> : <IconMaximize size="1.3em" aria-hidden />
          }
          onClick={() => void toggle()}
        >
          {t(fullscreen ? 'kiosk.leaveFullscreen' : 'kiosk.fullscreen')}
        </Button>
        <Button size="md" variant="default" component="a" href="#/">
          {t('kiosk.leave')}
        </Button>
        <Button size="md" onClick={() => session.forget()}>
          {t('kiosk.openDoors')}
        </Button>
      </div>
      {children}
    </div>
  );
}
