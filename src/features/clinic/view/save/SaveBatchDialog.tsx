import { Button, Modal } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCases, useServices } from '../../../../ui/context';
import { FailureNotice } from '../../../../ui/FailureNotice';
import { savable } from '../../model/case-entry';
import { usePatientContext, useWorkbench } from '../context';
import { useTriageState } from '../use-triage';
import { SaveBatchForm } from './SaveBatchForm';

/** Keeps the picked photos in cases, all in one go. */
export function SaveBatchDialog({ picked }: { picked: readonly string[] }) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const [open, setOpen] = useState(false);
  const { state, failure } = useCases((cases) => cases);
  const context = usePatientContext((state) => state);
  const marks = useTriageState((state) => state.marks);
  const all = useWorkbench(({ photos }) => photos);
  const wanted = new Set(picked);
  const photos = savable(
    all.filter(({ id }) => wanted.has(id)),
    context,
    marks,
  );
  useEffect(() => {
    if (open && state === 'absent') void cases.load();
  }, [open, state, cases]);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        size="compact-sm"
        disabled={photos.length === 0}
        data-shortcut="save"
        leftSection={<IconFolderPlus size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('caseBook.batch.button', { count: photos.length })}
      </Button>
      <Modal
        opened={open}
        onClose={close}
        size="xl"
        title={t('caseBook.batch.heading', { count: photos.length })}
        transitionProps={{ duration: 120 }}
        closeButtonProps={{ 'aria-label': t('app.dismiss') }}
      >
        {open && state === 'ready' && (
          <SaveBatchForm photos={photos} left={picked.length - photos.length} onDone={close} />
        )}
        {failure && <FailureNotice failure={failure} heading={t('caseBook.loadFailed')} />}
      </Modal>
    </>
  );
}
