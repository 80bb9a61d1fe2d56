import { CloseButton, Kbd } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import styles from './empty.module.css';

/**
 * Said once: where photos go, and where the list of keys is. Whoever has sent it away does not meet it again
 * on this browser.
 */
export function FirstHint() {
  const { t } = useTranslation();
  const [seen, setSeen] = useLocalStorage({ key: 'lentigo-clinic-hint', defaultValue: false });
  if (seen) return null;
  return (
    <div className={styles.hint} role="note">
      <span>
        {t('viewer.hint')} <Kbd>?</Kbd>
      </span>
      <CloseButton
        size="sm"
        variant="transparent"
        c="inherit"
        aria-label={t('app.dismiss')}
        onClick={() => setSeen(true)}
      />
    </div>
  );
}
