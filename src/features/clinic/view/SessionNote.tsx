import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../ui/context';
import { formatBytes } from '../../../ui/format';
import { maxSessionBytes } from '../model/session/session-writer';
import { useSession } from './context';
import styles from './session.module.css';

/** That the queue is kept for a later visit, or why some of it is not. */
export function SessionNote() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { kept, leftOut, problem } = useSession((state) => state.keeping);
  if (kept === 0 && leftOut === 0) return null;
  return (
    <Text size="xs" c="dimmed" className={styles.note} role={leftOut > 0 ? 'status' : undefined}>
      {leftOut > 0 && problem && (
        <>
          {t('session.refused', { count: leftOut })} {t(`failure.${problem.code}.sentence`)}{' '}
        </>
      )}
      {leftOut > 0 && !problem && (
        <>{t('session.leftOut', { count: leftOut, size: formatBytes(maxSessionBytes, language) })} </>
      )}
      {kept > 0 && t('session.keeps')}
    </Text>
  );
}
