import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconFileSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import type { SavedAs } from '../../../core/patient/photo-origin';
import { ExportMenu } from '../../../ui/export/ExportMenu';
import { answerWaits } from '../model/patient-context';
import { isNamed } from '../model/saved-as';
import type { PhotoSource, WorkbenchPhoto } from '../model/workbench-photo';
import styles from './answer.module.css';
import { usePatientContext } from './context';
import { savedTypes } from './SessionFile';
import { SaveCaseDialog } from './save/SaveCaseDialog';
import { useWorkbenchExports } from './use-workbench-exports';

interface Props {
  photo: WorkbenchPhoto | null;
  card: Card | null;
  /** Takes in a saved analysis or session. */
  onJson: (files: readonly File[], source: PhotoSource) => void;
}

/**
 * What patient and lesion are called where the photo is saved, or in the file that it came out of: it goes into
 * whatever is exported.
 */
function SavedName({ saved: { patient, lesion, fromFile } }: { saved: SavedAs }) {
  const { t } = useTranslation();
  const name = [patient, lesion].map((part) => part ?? t('caseBook.unnamed')).join(', ');
  return (
    <Text size="xs" c="dimmed" className={styles.savedAs} title={name}>
      {t(fromFile ? 'handOver.inFile' : 'caseBook.save.in', { name })}
    </Text>
  );
}

/** The case that an answer is kept in, and the ways out. */
export function CaseSection({ photo, card, onJson }: Props) {
  const { t } = useTranslation();
  const exportsOf = useWorkbenchExports();
  const waits = usePatientContext((state) => photo !== null && answerWaits(state, photo.id));
  if (!photo || !card) {
    return (
      <FileButton accept={savedTypes} onChange={(file) => file && onJson([file], 'file')}>
        {(props) => (
          <Button
            {...props}
            size="compact-sm"
            variant="subtle"
            leftSection={<IconFileSearch size={16} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('handOver.openAnything')}
          </Button>
        )}
      </FileButton>
    );
  }
  // A case and an export would show the answer that waits for an own impression.
  if (photo.url === null || waits) return null;
  return (
    <Group gap="xs" className={styles.waysOut}>
      <SaveCaseDialog photo={photo} />
      {isNamed(photo.saved) && <SavedName saved={photo.saved} />}
      <ExportMenu answer={exportsOf(photo.id, card.id)[0] ?? null} batch={exportsOf} />
    </Group>
  );
}
