import { Alert, Button, FileButton, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.css';
import { IconCircleCheck, IconFileZip, IconFolderOpen, IconPackageImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { type Failure, failure, type Result } from '../../../core/failure';
import type { PackageFile } from '../../../engine/engine';
import { mayBeForeign } from '../../../engine/import/may-be-foreign';
import { useLanguage, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { useFolderInput } from '../../../ui/use-folder-input';
import { type DroppedFolder, packagesIn } from '../model/package-files';
import { addAfterTrial } from '../model/trial';
import { useModelsServices } from './context';
import { ImportWizard } from './ImportWizard';
import styles from './models.module.css';
import { addressOf } from './use-chosen-model';

interface Outcome {
  folder: string;
  result: Result<Card>;
}

/** A model of another format, which the wizard makes a package of. */
interface Foreign {
  name: string;
  files: PackageFile[];
}

/**
 * Takes a package in from a folder or a zip, with a message for each that was found; hands a model of another
 * format to the wizard.
 */
export function AddModel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { runtime } = useServices();
  const { openEngine } = useModelsServices();
  const [checking, setChecking] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [foreign, setForeign] = useState<Foreign | null>(null);

  const receive = async (files: File[]) => {
    if (files.length === 0) return;
    setChecking(true);
    setOutcomes([]);
    const found = await packagesIn(files).catch((error: unknown) => String(error));
    if (typeof found === 'string') {
      setOutcomes([{ folder: files[0]?.name ?? '', result: failure('added-absent', { reason: found }) }]);
    } else if (found.length === 1 && found[0] && mayBeForeign(found[0].files.map(({ name }) => name))) {
      const [only] = files;
      const alone = files.length === 1 && only ? only.name : '';
      setForeign({ name: alone || found[0].name, files: found[0].files });
    } else {
      for (const folder of found) {
        const outcome = { folder: folder.name, result: await add(folder) };
        setOutcomes((before) => [...before, outcome]);
      }
    }
    setChecking(false);
  };
  const add = async ({ files }: DroppedFolder) => {
    const result = await addAfterTrial(files, runtime, openEngine);
    if (result.ok) window.location.hash = addressOf(result.value.id);
    return result;
  };
  const folder = useFolderInput((files) => void receive(files), t('models.add.folder'));
  const close = () => {
    setOutcomes([]);
    setForeign(null);
    onClose();
  };

  return (
    // In parts, because Mantine's own Modal.Header is a second <header> beside that of the page.
    <Modal.Root
      opened={opened}
      onClose={close}
      size={foreign ? 'xl' : 'lg'}
      transitionProps={{ duration: 120 }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Group justify="space-between" wrap="nowrap" mb="sm">
            <Modal.Title fw={600} fz="lg">
              {t('models.add.heading')}
            </Modal.Title>
            <Modal.CloseButton aria-label={t('models.add.close')} />
          </Group>
          {foreign && <ImportWizard {...foreign} onBack={() => setForeign(null)} />}
          <Stack gap="md" display={foreign ? 'none' : undefined}>
            <Text size="sm">{t('importModel.add.explanation')}</Text>
            <Dropzone
              onDrop={(files) => void receive(files)}
              disabled={checking}
              activateOnClick={false}
              enablePointerEvents
              useFsAccessApi={false}
              inputProps={{ 'aria-label': t('importModel.add.drop') }}
            >
              <Stack align="center" gap="xs" className={styles.dropTarget}>
                <IconPackageImport size={40} stroke={1.2} aria-hidden />
                <Text fw={600}>{t('importModel.add.drop')}</Text>
                <Group gap="sm" justify="center">
                  <Button
                    variant="default"
                    size="sm"
                    leftSection={<IconFolderOpen size={16} aria-hidden />}
                    onClick={folder.choose}
                  >
                    {t('models.add.folder')}
                  </Button>
                  {folder.input}
                  <FileButton
                    onChange={(file) => file && void receive([file])}
                    accept=".zip,application/zip,.onnx"
                  >
                    {(props) => (
                      <Button
                        {...props}
                        variant="default"
                        size="sm"
                        leftSection={<IconFileZip size={16} aria-hidden />}
                      >
                        {t('models.add.zip')}
                      </Button>
                    )}
                  </FileButton>
                </Group>
              </Stack>
            </Dropzone>
            {checking && (
              <Group gap="sm" role="status">
                <Loader size="xs" aria-hidden />
                <Text size="sm">{t('models.add.checking')}</Text>
              </Group>
            )}
            {outcomes.map(({ folder, result }) => (
              <Message key={`${folder} ${result.ok}`} folder={folder} result={result} />
            ))}
            <Text size="sm" c="dimmed">
              {t('models.add.responsibility')} {t('importModel.add.how')}
            </Text>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Message({ folder, result }: Outcome) {
  if (!result.ok) return <Refused folder={folder} failure={result.failure} />;
  return <Added card={result.value} />;
}

function Refused({ folder, failure }: { folder: string; failure: Failure }) {
  const { t } = useTranslation();
  const heading = folder ? t('models.add.failedOf', { folder }) : t('models.add.failed');
  return <FailureNotice failure={failure} heading={heading} />;
}

function Added({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  return (
    <Alert role="status" icon={<IconCircleCheck aria-hidden />} variant="default">
      {t('models.add.done', { name: read(card.title) })}
    </Alert>
  );
}
