import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SelfCheck } from '../model/self-check';
import styles from './self-check.module.css';

/** That nothing is stored, and a button that makes it so at once. */
export function StartOver({ check }: { check: SelfCheck }) {
  const { t } = useTranslation();
  return (
    <section className={styles.panel}>
      <Text size="sm">{t('selfCheck.forget.promise')}</Text>
      <Button variant="default" fullWidth onClick={check.forget}>
        {t('selfCheck.forget.action')}
      </Button>
    </section>
  );
}
