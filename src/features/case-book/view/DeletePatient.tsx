import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../records/record';
import { useRemove } from './use-remove';

/** Deletes the patient with all lesions; `onGone` leaves the page that shows them. */
export function DeletePatient({ patient, onGone }: { patient: Patient; onGone: () => void }) {
  const { t } = useTranslation();
  const remove = useRemove();
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      style={{ alignSelf: 'flex-start' }}
      onClick={() => {
        void remove('patients', patient.id, t('caseBook.deletedPatient'));
        onGone();
      }}
    >
      {t('caseBook.deletePatient', { alias: patient.alias || t('caseBook.unnamed') })}
    </Button>
  );
}
