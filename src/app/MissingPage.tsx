import { Button, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './shell.module.css';

export function MissingPage({ path }: { path: string }) {
  const { t } = useTranslation();
  return (
    <Stack className={styles.page} align="flex-start">
      <Title order={1} size="h2">
        {t('missing.heading')}
      </Title>
      <Text>{t('missing.explanation', { address: `#/${path}` })}</Text>
      <Button component="a" href="#/">
        {t('missing.home')}
      </Button>
    </Stack>
  );
}
