import { useTranslation } from 'react-i18next';
import styles from './round.module.css';

/** What the loop's button says where a round can be played. */
export function RoundInvitation() {
  const { t } = useTranslation();
  return (
    <span className={styles.invitation}>
      {t('kioskRound.name')} <small>{t('kiosk.touch')}</small>
    </span>
  );
}
