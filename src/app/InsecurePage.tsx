import { Button, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './shell.module.css';

/**
 * In place of a screen where the page came over plain http from another machine: there a browser gives it no
 * GPU, no camera, no storage and no cryptography, and a dropped photo would lead to nothing.
 */
export function InsecurePage() {
  const { t } = useTranslation();
  const { host, href } = window.location;
  return (
    <Stack className={styles.page} align="flex-start" role="alert">
      <Title order={1} size="h2">
        {t('insecure.heading')}
      </Title>
      <Text>{t('insecure.explanation')}</Text>
      <Text>{t('insecure.remedy')}</Text>
      <Button component="a" href={href.replace(/^http:/, 'https:')}>
        {t('insecure.try', { address: `https://${host}` })}
      </Button>
    </Stack>
  );
}
