import { Button } from '@mantine/core';
import { IconPlayerPlay, IconZoomScan } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDemoGallery, useKiosk, useRoundQuestions } from '../context';
import kioskStyles from '../kiosk.module.css';
import styles from './round.module.css';
import { useFocusedHeading } from './use-focused-heading';

/** What is played, by which rules, and with which pictures. */
export function RoundIntro() {
  const { t } = useTranslation();
  const { round, session } = useKiosk();
  const samples = useDemoGallery(({ samples }) => samples);
  const drawn = useRoundQuestions().some(({ drawn }) => drawn);
  const heading = useFocusedHeading('intro');
  return (
    <div className={kioskStyles.loop}>
      <div className={kioskStyles.picture}>
        <ul className={styles.preview} aria-hidden>
          {samples.slice(0, 6).map(({ id, url }) => (
            <li key={id}>
              <img src={url} alt="" draggable={false} />
            </li>
          ))}
        </ul>
      </div>
      <div className={kioskStyles.side}>
        <h2 className={styles.title} ref={heading} tabIndex={-1}>
          {t('kioskRound.name')}
        </h2>
        <p className={kioskStyles.lead}>{t('kioskRound.lead')}</p>
        <p className={styles.text}>{t('kioskRound.rules')}</p>
        <p className={styles.note}>{t(drawn ? 'kioskRound.drawnIntro' : 'kioskRound.photosIntro')}</p>
        <div className={styles.stack}>
          <Button
            className={kioskStyles.start}
            leftSection={<IconPlayerPlay size="1.2em" aria-hidden />}
            onClick={() => round.start()}
          >
            {t('kioskRound.start')}
          </Button>
          <Button
            size="xl"
            variant="default"
            leftSection={<IconZoomScan size="1.2em" aria-hidden />}
            onClick={() => session.go('choose')}
          >
            {t('kioskRound.instead')}
          </Button>
        </div>
      </div>
    </div>
  );
}
