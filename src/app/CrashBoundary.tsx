import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './shell.module.css';

/** Catches what a screen throws while it is drawn, so that the shell stays and can say so. */
export class CrashBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error === null ? this.props.children : <Crash error={this.state.error} />;
  }
}

function Crash({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <Stack className={styles.page} align="flex-start" role="alert">
      <Title order={1} size="h2">
        {t('crash.heading')}
      </Title>
      <Text>{t('crash.explanation')}</Text>
      <Code block>{String(error)}</Code>
      <Button onClick={() => window.location.reload()}>{t('crash.reload')}</Button>
    </Stack>
  );
}
