import { Stack, Textarea, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../../records/record';
import { casesAddress } from '../../../../ui/addresses';
import { useServices } from '../../../../ui/context';
import { AliasInput } from '../AliasInput';
import { DeletePatient } from '../DeletePatient';
import { useField } from '../use-field';
import { useFieldWriter } from '../use-field-writer';

/** What the clinician calls the patient and writes of them; the patient can be deleted here. */
export function PatientNotes({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const notes = useField(patient.notes);
  const { leave, question } = useFieldWriter();
  return (
    <section aria-label={t('patientPage.about')}>
      <Title order={3} size="sm" mb="xs">
        {t('patientPage.about')}
      </Title>
      <Stack gap="sm" maw="36rem">
        <AliasInput patient={patient} />
        <Textarea
          label={t('patientPage.notes')}
          autosize
          minRows={3}
          maxLength={20_000}
          value={notes.value}
          onChange={(event) => notes.set(event.currentTarget.value)}
          onBlur={() =>
            void leave({
              name: t('patientPage.notes'),
              field: notes,
              joinedBy: '\n',
              write: (value, known) =>
                cases.edit('patients', patient.id, () => ({ notes: value }), { notes: known }),
              stored: () =>
                cases.store.getState().records.patients.find(({ id }) => id === patient.id)?.notes ?? '',
            })
          }
        />
        <DeletePatient
          patient={patient}
          onGone={() => {
            window.location.hash = casesAddress;
          }}
        />
      </Stack>
      {question}
    </section>
  );
}
