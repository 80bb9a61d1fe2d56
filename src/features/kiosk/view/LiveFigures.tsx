import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useLanguage, useRuntime } from '../../../ui/context';
import { formatDuration, formatNumber } from '../../../ui/format';
import { backendName } from './backend-name';
import styles from './camera.module.css';
import { useKiosk } from './context';

/** How fast it goes, on what, and how many frames were dropped rather than queued. */
export function LiveFigures() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { live } = useKiosk();
  const { framesPerSecond, milliseconds, dropped } = useStore(live.store);
  const backend = useRuntime(({ backend }) => backend);
  const nothing = '–';
  const figures = [
    [
      t('kiosk.live.rate'),
      framesPerSecond === null
        ? nothing
        : formatNumber(framesPerSecond, language, framesPerSecond < 10 ? 1 : 0),
    ],
    [t('kiosk.live.time'), milliseconds === null ? nothing : formatDuration(milliseconds, language)],
    [t('kiosk.live.backend'), backend.state === 'ready' ? backendName(backend.value, t) : nothing],
    [t('kiosk.live.dropped'), formatNumber(dropped, language)],
  ];
  return (
    <dl className={styles.figures} aria-label={t('kiosk.live.heading')}>
      {figures.map(([name, value]) => (
        <div key={String(name)}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
