import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../features/clinic/view/context';
import { useInstallation, useServices } from '../ui/context';
import styles from './shell.module.css';

/**
 * A line under the header when a restart would do good. It takes no focus and covers nothing; nothing happens
 * without a click.
 */
export function RestartNotice() {
  const { t } = useTranslation();
  const { installation } = useServices();
  const restart = useInstallation((state) => state.restart);
  const photos = useWorkbench((state) => state.photos.length);
  return (
    // Always there, so that a screen reader speaks what comes into it.
    <div role="status" aria-label={restart ? t('install.update.region') : undefined}>
      {restart && (
        <Group className={styles.restart} gap="xs" justify="space-between">
          <Text size="sm">
            {restart.waiting
              ? t('install.update.waiting')
              : t(`install.update.${restart.reason === 'update' ? 'ready' : 'isolation'}`)}{' '}
            {photos > 0 && t('install.update.openPhotos')}
          </Text>
          <Group gap="xs">
            {restart.waiting ? (
              <Button size="compact-sm" variant="default" onClick={() => installation.later()}>
                {t('install.update.notNow')}
              </Button>
            ) : (
              <>
                <Button size="compact-sm" onClick={() => void installation.restartNow()}>
                  {t('install.update.restart')}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => installation.later()}>
                  {t('install.update.later')}
                </Button>
              </>
            )}
          </Group>
        </Group>
      )}
    </div>
  );
}
