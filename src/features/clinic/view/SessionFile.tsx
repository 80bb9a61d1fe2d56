import { Button, FileButton, Group } from '@mantine/core';
import { IconDeviceFloppy, IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../../ui/context';
import { later } from '../../../ui/later';
import { sessionPhotos } from '../model/session/session-leaving';
import type { PhotoSource } from '../model/workbench-photo';
import { useClinicServices, useWorkbench } from './context';
import styles from './session.module.css';

const SaveSessionDialog = later(async () => (await import('./SaveSessionDialog')).SaveSessionDialog);

/** What re-opening takes: a saved analysis, or a session. */
export const savedTypes = '.json,.zip,application/json,application/zip';

/** The queue as one file, and another one's beside it. */
export function SessionFile({ onFiles }: { onFiles: (files: readonly File[], source: PhotoSource) => void }) {
  const { t } = useTranslation();
  const [saving, setSaving] = useState(false);
  return (
    <Group gap={4} className={styles.file}>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconDeviceFloppy size={14} aria-hidden />}
        onClick={() => setSaving(true)}
      >
        {t('handOver.session.save')}
      </Button>
      <FileButton accept={savedTypes} onChange={(file) => file && onFiles([file], 'file')}>
        {(props) => (
          <Button
            {...props}
            size="compact-xs"
            variant="subtle"
            leftSection={<IconFolderOpen size={14} aria-hidden />}
          >
            {t('handOver.session.open')}
          </Button>
        )}
      </FileButton>
      {saving && <Saving onClose={() => setSaving(false)} />}
    </Group>
  );
}

function Saving({ onClose }: { onClose: () => void }) {
  const { workbench, patientContext, triage } = useClinicServices();
  const { runtime } = useServices();
  const queue = useWorkbench((state) => state);
  const photosOf = (withFileMetadata: boolean) =>
    sessionPhotos(
      {
        workbench,
        context: patientContext.store.getState(),
        marks: triage.store.getState().marks,
        cardOf: (id) => runtime.card(id),
      },
      withFileMetadata,
    );
  return <SaveSessionDialog queue={queue} photosOf={photosOf} onClose={onClose} />;
}
