import { Button, SegmentedControl } from '@mantine/core';
import { useLongPress } from '@mantine/hooks';
import { IconRefresh } from '@tabler/icons-react';
import { Fragment, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { leavingDisclaimer } from '../../../ui/intended-use';
import { hasVisit } from '../model/visit-log';
import type { KioskScreenId } from '../model/visitor-session';
import { CameraPage } from './CameraPage';
import { ChoosePage } from './ChoosePage';
import { useKiosk, useSettings, useVisit, useVisitorSession } from './context';
import { InsidePage } from './InsidePage';
import styles from './kiosk.module.css';
import { LoopPage } from './LoopPage';
import { lockPage } from './lock-page';
import { PinPage } from './PinPage';
import { PreflightPage } from './PreflightPage';
import { Proof } from './Proof';
import { RoundPage } from './round/RoundPage';
import { SettingsPage } from './SettingsPage';
import { TakeawayButton, TakeawayPage } from './TakeawayPage';
import { IdleNotice, RecoveryNotice } from './Toasts';
import { kioskLanguages, useKioskLanguage } from './use-kiosk-language';
import { useWakeLock } from './use-wake-lock';

const touches = ['pointerdown', 'keydown', 'wheel'] as const;
/** Milliseconds that a finger rests on the name before the host is meant; and the key that means the same. */
const longPress = 3000;
const hostKey = 'F2';

/** Places that have a way back of their own. */
const withoutReturn: KioskScreenId[] = ['loop', 'pin', 'settings', 'preflight'];

/**
 * Around every page of the kiosk: whose event it is, the way back, what it is not, and the proof that nothing
 * is sent.
 */
export function KioskFrame() {
  const { t } = useTranslation();
  const { session } = useKiosk();
  const place = useVisitorSession(({ screen }) => screen);
  const rounds = useVisitorSession(({ rounds }) => rounds);
  const canTake = useVisit(hasVisit);
  const wakeLock = useWakeLock();
  useKioskLanguage();

  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.kiosk = '';
    const touched = () => session.touched();
    const onKey = (event: KeyboardEvent) => event.key === hostKey && session.askForHost();
    for (const name of touches) window.addEventListener(name, touched, { capture: true, passive: true });
    window.addEventListener('keydown', onKey);
    const unlock = lockPage(session.hostIsIn);
    return () => {
      unlock();
      delete dataset.kiosk;
      for (const name of touches) window.removeEventListener(name, touched, { capture: true });
      window.removeEventListener('keydown', onKey);
    };
  }, [session]);

  return (
    <main className={styles.kiosk} data-place={place}>
      {/* Drawn again for the next visitor: no focus, text, scroll position or open dialog of the one before. */}
      <Fragment key={rounds}>
        <header className={styles.header}>
          <Brand />
          <LanguageChoice />
          {canTake && !withoutReturn.includes(place) && place !== 'takeaway' && <TakeawayButton />}
          {!withoutReturn.includes(place) && (
            <Button
              size="md"
              variant="default"
              leftSection={<IconRefresh size="1.2em" aria-hidden />}
              onClick={() => session.forget()}
            >
              {t('kiosk.startOver')}
            </Button>
          )}
        </header>
        <div className={styles.page}>
          <Page place={place} wakeLock={wakeLock} />
        </div>
      </Fragment>
      <footer className={styles.footer}>
        {/* In words: a link would lead out of the locked page. */}
        <p>{leavingDisclaimer(t, t('app.disclaimer'))}</p>
        <Proof key={rounds} />
      </footer>
      <RecoveryNotice />
      <IdleNotice />
    </main>
  );
}

function Page({ place, wakeLock }: { place: KioskScreenId; wakeLock: ReturnType<typeof useWakeLock> }) {
  switch (place) {
    case 'loop':
      return <LoopPage />;
    case 'round':
      return <RoundPage />;
    case 'choose':
      return <ChoosePage />;
    case 'inside':
      return <InsidePage />;
    case 'camera':
      return <CameraPage />;
    case 'takeaway':
      return <TakeawayPage />;
    case 'pin':
      return <PinPage />;
    case 'settings':
      return <SettingsPage />;
    case 'preflight':
      return <PreflightPage wakeLock={wakeLock} />;
  }
}

/** The event's name and logo; a finger that rests on them leads to the host's settings. */
function Brand() {
  const { t } = useTranslation();
  const { session } = useKiosk();
  const { event, logo } = useSettings().settings;
  const press = useLongPress(() => session.askForHost(), { threshold: longPress });
  return (
    <div className={styles.brand} {...press}>
      {logo && <img src={logo} alt="" draggable={false} />}
      <h1>{event || t('app.name')}</h1>
    </div>
  );
}

function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const { session } = useKiosk();
  const { languages } = useSettings().settings;
  return (
    <SegmentedControl
      size="md"
      aria-label={t('app.language')}
      value={i18n.resolvedLanguage ?? 'en'}
      onChange={(language) => session.choose({ language })}
      data={kioskLanguages(languages).map(({ language, short }) => ({
        value: language,
        label: <span lang={language}>{short}</span>,
      }))}
    />
  );
}
