import { Button } from '@mantine/core';
import { IconBackspace } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../ui/context';
import { formatTime } from '../../../ui/format';
import { isLocked } from '../model/pin-lock';
import { useKiosk, useVisitorSession } from './context';
import styles from './host.module.css';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** A keypad for fingers, which keys work on too. */
export function PinPage() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { session } = useKiosk();
  const lock = useVisitorSession(({ lock }) => lock);
  const [pin, setPin] = useState('');
  const [wrong, setWrong] = useState(false);
  const type = (digit: string) => {
    setWrong(false);
    setPin((before) => (before + digit).slice(0, 8));
  };
  const enter = () => {
    setPin('');
    setWrong(!session.enterPin(pin));
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (/^\d$/.test(event.key)) type(event.key);
    else if (event.key === 'Backspace') setPin((before) => before.slice(0, -1));
    else if (event.key === 'Escape') session.forget();
    // On a button, Enter presses that button.
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) enter();
  });
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const waiting = isLocked(lock, Date.now());
  return (
    <div className={styles.pin}>
      <h2>{t('kiosk.pin.heading')}</h2>
      <output className={styles.dots} aria-label={t('kiosk.pin.entered', { count: pin.length })}>
        {'•'.repeat(pin.length) || ' '}
      </output>
      <p role="status" className={styles.wrong}>
        {waiting && t('kiosk.pin.locked', { time: formatTime(lock.until ?? 0, language) })}
        {wrong && !waiting && t('kiosk.pin.wrong')}
      </p>
      <div className={styles.keypad}>
        {digits.map((digit) => (
          <Button key={digit} size="xl" variant="default" onClick={() => type(digit)}>
            {digit}
          </Button>
        ))}
        <Button
          size="xl"
          variant="default"
          aria-label={t('kiosk.pin.erase')}
          onClick={() => setPin((before) => before.slice(0, -1))}
        >
          <IconBackspace size="1.5em" aria-hidden />
        </Button>
        <Button size="xl" variant="default" onClick={() => type('0')}>
          0
        </Button>
        <Button size="xl" onClick={enter} disabled={pin.length < 4}>
          {t('kiosk.pin.enter')}
        </Button>
      </div>
      <Button size="lg" variant="subtle" onClick={() => session.forget()}>
        {t('kiosk.back')}
      </Button>
    </div>
  );
}
