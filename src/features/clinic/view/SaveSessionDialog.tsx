import { Button, Group, Modal, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { version } from '../../../../package.json';
import { localDay } from '../../../core/day';
import { useExportWords } from '../../../ui/export/use-export-words';
import { useOutcome } from '../../../ui/Outcome';
import { saveFile } from '../../../ui/save-file';
import { type SessionFilePhoto, writeSessionFile } from '../model/session/session-file';
import type { WorkbenchState } from '../model/workbench-state';
import styles from './session.module.css';

interface Props {
  /** The queue as it stands. */
  queue: Pick<WorkbenchState, 'photos' | 'selectedId' | 'packageId' | 'sensitivity'>;
  /** Its photos as they would leave, with what DICOM files said or without. */
  photosOf: (withFileMetadata: boolean) => SessionFilePhoto[];
  onClose: () => void;
}

/** What a session's file contains, listed before it is written. */
export function SaveSessionDialog({ queue, photosOf, onClose }: Props) {
  const { t } = useTranslation();
  const notify = useOutcome();
  const words = useExportWords();
  const [withFile, setWithFile] = useState(false);
  const [fraction, setFraction] = useState<number | null>(null);
  const photos = photosOf(withFile);
  const answers = photos.reduce(
    (sum, { answers: { analyses, lesions } = { analyses: [], lesions: [] } }) =>
      sum + analyses.length + lesions.length,
    0,
  );
  const unopened = queue.photos.length - photos.length;

  const save = async () => {
    setFraction(0);
    const savedAt = new Date().toISOString();
    const selected = photos.findIndex(({ photo }) => photo.id === queue.selectedId);
    const made = await writeSessionFile(
      {
        appVersion: version,
        savedAt,
        disclaimer: words().disclaimer,
        selected: selected < 0 ? null : selected,
        packageId: queue.packageId,
        sensitivity: queue.sensitivity,
      },
      photos,
      setFraction,
    );
    setFraction(null);
    if (!made.ok) return notify.failed(t('handOver.session.failed'), made.failure);
    const name = `lentigo-session-${localDay(new Date(savedAt))}.zip`;
    saveFile(name, made.value);
    notify.done(t('export.saved', { name }));
    onClose();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('handOver.session.heading')}
      closeButtonProps={{ 'aria-label': t('app.dismiss') }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('handOver.session.contains')}</Text>
        <ul className={styles.contents}>
          <li>{t('handOver.session.photos', { count: photos.length })}</li>
          <li>{t('handOver.session.answers', { count: answers })}</li>
          <li>{t('handOver.session.notes')}</li>
        </ul>
        {unopened > 0 && <Text size="sm">{t('handOver.session.unopened', { count: unopened })}</Text>}
        <Text size="sm">{t('handOver.session.notIn')}</Text>
        <Switch
          size="sm"
          label={t('handOver.session.withFile')}
          checked={withFile}
          onChange={({ currentTarget }) => setWithFile(currentTarget.checked)}
        />
        {fraction !== null && <progress value={fraction} aria-label={t('handOver.session.progress')} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('answer.cancel')}
          </Button>
          <Button
            loading={fraction !== null}
            disabled={photos.length === 0}
            data-autofocus
            onClick={() => void save()}
          >
            {t('handOver.session.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
