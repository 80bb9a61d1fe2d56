import { Button, FileButton, Group } from '@mantine/core';
import { IconFileSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { ExportMenu } from '../../../ui/export/ExportMenu';
import { answerWaits } from '../model/patient-context';
import type { PhotoSource, WorkbenchPhoto } from '../model/workbench-photo';
import styles from './answer.module.css';
import { usePatientContext } from './context';
import { FactsPanel } from './patient-facts/FactsPanel';
import { SaveCaseDialog } from './save/SaveCaseDialog';
import { useWorkbenchExports } from './use-workbench-exports';

interface Props {
  photo: WorkbenchPhoto | null;
  /** The photos that are picked. */
  picked: readonly string[];
  card: Card | null;
  /** Takes in a saved analysis. */
  onJson: (files: readonly File[], source: PhotoSource) => void;
}

/**
 * What goes with an answer: what is known of the patient, the case it is kept in, and the ways out. It stays
 * where it is while an answer is on its way, so that nobody is thrown out of a field by the run that the
 * field has started.
 */
export function CaseSection({ photo, picked, card, onJson }: Props) {
  const { t } = useTranslation();
  const exportsOf = useWorkbenchExports();
  const waits = usePatientContext((state) => photo !== null && answerWaits(state, photo.id));
  if (!photo || !card) {
    return (
      <FileButton accept=".json,application/json" onChange={(file) => file && onJson([file], 'file')}>
        {(props) => (
          <Button
            {...props}
            size="compact-sm"
            variant="subtle"
            leftSection={<IconFileSearch size={16} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('export.openJson')}
          </Button>
        )}
      </FileButton>
    );
  }
  if (photo.url === null) return null;
  return (
    <>
      <FactsPanel photoId={photo.id} picked={picked} card={card} />
      {/* A case and an export would show the answer that waits for an own impression. */}
      {!waits && (
        <Group gap="xs" className={styles.waysOut}>
          <SaveCaseDialog photo={photo} />
          <ExportMenu answer={exportsOf(photo.id, card.id)[0] ?? null} batch={exportsOf} />
        </Group>
      )}
    </>
  );
}
