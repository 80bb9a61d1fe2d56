import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../core/failure';
import styles from './FailureNotice.module.css';

interface Props {
  failure: Failure;
  /** What the user was after, as a heading. */
  heading: string;
  action?: { label: string; run: () => void };
}

/**
 * A failure in words, what to do about it, and the facts for whoever has to look into it. Red is for errors
 * only.
 */
export function FailureNotice({ failure, heading, action }: Props) {
  const { t } = useTranslation();
  const cancelled = failure.code === 'cancelled';
  const facts = Object.entries({ code: failure.code, ...failure.detail });
  return (
    <Alert
      role={cancelled ? 'status' : 'alert'}
      variant="default"
      className={cancelled ? styles.notice : `${styles.notice} ${styles.error}`}
      classNames={{ icon: styles.icon }}
      icon={cancelled ? <IconPlayerStop aria-hidden /> : <IconAlertCircle aria-hidden />}
      title={cancelled ? t('failure.cancelled.sentence') : heading}
    >
      <Stack gap="xs" align="flex-start">
        {!cancelled && <Text fw={500}>{t(`failure.${failure.code}.sentence`)}</Text>}
        <Text size="sm">{t(`failure.${failure.code}.remedy`)}</Text>
        {action && (
          <Button size="sm" variant="default" onClick={action.run}>
            {action.label}
          </Button>
        )}
        {!cancelled && (
          <details>
            <Text component="summary" size="sm">
              {t('failure.details')}
            </Text>
            <Group gap={6} mt={6}>
              {facts.map(([name, value]) => (
                <Code key={name}>{`${name}: ${value}`}</Code>
              ))}
            </Group>
          </details>
        )}
      </Stack>
    </Alert>
  );
}
