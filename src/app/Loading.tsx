import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './shell.module.css';

/** In the place of a screen that is being fetched. */
export function Loading() {
  const { t } = useTranslation();
  return <Loader className={styles.loading} aria-label={t('app.loadingScreen')} />;
}
