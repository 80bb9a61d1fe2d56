import { Anchor, Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstallation, useLanguage, useModelCache, useServices } from '../ui/context';
import { formatBytes } from '../ui/format';
import { OfflineModels } from './OfflineModels';
import styles from './shell.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** What this device keeps for a time without network, and how to have more of it. */
export function OfflineDialog({ opened, onClose }: Props) {
  const { t } = useTranslation();
  // Opened after it is there, not with it: only then does Mantine give the focus back to what had it.
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(opened), [opened]);
  return (
    // In parts, because Mantine's own Modal.Header is a second <header> beside that of the page.
    <Modal.Root opened={shown} onClose={onClose} size="lg" transitionProps={{ duration: 120 }}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Group justify="space-between" wrap="nowrap" mb="sm">
            <Modal.Title fw={600} fz="lg">
              {t('install.heading')}
            </Modal.Title>
            <Modal.CloseButton aria-label={t('app.dismiss')} />
          </Group>
          <Stack gap="lg">
            <Stack gap="xs">
              <Text>{t('install.explanation')}</Text>
              <Shell />
            </Stack>
            <section>
              <Title order={3} size="sm">
                {t('install.models')}
              </Title>
              <OfflineModels />
            </section>
            <Extras />
            <Storage />
            <Install />
            <Anchor href="./licences.html" size="sm">
              {t('install.licences')}
            </Anchor>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Shell() {
  const { t } = useTranslation();
  const shell = useInstallation((state) => state.shell);
  return (
    <Group gap={6} wrap="nowrap" role="status">
      {shell === 'ready' && (
        <IconCircleCheck size={18} color="var(--lentigo-accent)" className={styles.tick} aria-hidden />
      )}
      <Text size="sm">{t(`install.shell.${shell}`)}</Text>
    </Group>
  );
}

/** What opens HEIC photos and writes Korean into PDF files: large, and wanted by few. */
function Extras() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { installation } = useServices();
  const extras = useInstallation((state) => state.extras);
  if (!extras || extras.bytes === 0) return null;
  return (
    <section>
      <Title order={3} size="sm">
        {t('install.extras.heading')}
      </Title>
      <Group justify="space-between" mt={6} gap="sm">
        <Text size="sm">{t('install.extras.what')}</Text>
        {extras.cached ? (
          <Group gap={4} wrap="nowrap">
            <IconCircleCheck size={18} color="var(--lentigo-accent)" className={styles.tick} aria-hidden />
            <Text size="sm">{t('install.cached')}</Text>
          </Group>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            loading={extras.busy}
            onClick={() => void installation.prefetchExtras()}
          >
            {t('install.extras.prefetch', { size: formatBytes(extras.bytes, language) })}
          </Button>
        )}
      </Group>
    </section>
  );
}

/** Whether the browser may clear what it keeps, and why one would ask it not to. */
function Storage() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { modelCache } = useServices();
  const persisted = useModelCache((state) => state.persisted);
  const refused = useModelCache((state) => state.refused);
  const usage = useModelCache((state) => state.usage);
  if (persisted === null && usage === null) return null;
  const sizes = usage && {
    used: formatBytes(usage.used, language),
    quota: formatBytes(usage.quota, language),
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm" role="status">
        {t(`install.storage.${persisted ? 'granted' : refused ? 'denied' : 'reason'}`)}{' '}
        {sizes && t('install.storage.used', sizes)}
      </Text>
      {persisted === false && (
        <Button size="compact-sm" variant="default" onClick={() => void modelCache.persist()}>
          {t('install.storage.ask')}
        </Button>
      )}
    </Stack>
  );
}

function Install() {
  const { t } = useTranslation();
  const { installation } = useServices();
  const installable = useInstallation((state) => state.installable);
  const installed = useInstallation((state) => state.installed);
  // Only Safari on an iPhone or iPad has this property, and no way to ask.
  const ios = 'standalone' in navigator && navigator.standalone !== true;
  if (installed) return <Text size="sm">{t('install.installed')}</Text>;
  if (installable) {
    return (
      <Button variant="subtle" onClick={() => void installation.install()}>
        {t('install.installable')}
      </Button>
    );
  }
  return ios ? <Text size="sm">{t('install.ios')}</Text> : null;
}
