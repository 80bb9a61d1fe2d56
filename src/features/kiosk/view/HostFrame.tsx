import { Button, SegmentedControl } from '@mantine/core';
import { useFullscreenDocument } from '@mantine/hooks';
import { IconMaximize, IconMinimize } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { helpAddress } from '../../../ui/addresses';
import { useLanguage } from '../../../ui/context';
import { useKiosk } from './context';
import styles from './host.module.css';

/** Around the host's pages: from one to the other, to a full screen, and back to the loop. */
export function HostFrame({ here, children }: { here: 'settings' | 'preflight'; children: ReactNode }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
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
        {/* In this tab: a kiosk's browser has no other, and a window that was left open would be a way out. */}
        <Button
          size="md"
          variant="default"
          component="a"
          href={`${helpAddress('start/kiosk', language)}?kiosk=${encodeURIComponent(kioskSettings())}`}
        >
          {t('app.help')}
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

/** What the kiosk's address sets, with which the help leads back here; a PIN is kept already and is left out. */
function kioskSettings(): string {
  const settings = new URLSearchParams(window.location.hash.split('?')[1]);
  settings.delete('pin');
  return settings.toString();
}
