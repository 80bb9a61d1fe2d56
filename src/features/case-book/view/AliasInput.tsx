import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../records/record';
import { useServices } from '../../../ui/context';
import { useField } from './use-field';
import { useFieldWriter } from './use-field-writer';

/** What the clinician calls the patient. */
export function AliasInput({ patient: { id, alias } }: { patient: Patient }) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const field = useField(alias);
  const { leave, question } = useFieldWriter();
  return (
    <>
      <TextInput
        label={t('caseBook.alias')}
        value={field.value}
        maxLength={200}
        onChange={(event) => field.set(event.currentTarget.value)}
        onBlur={() =>
          void leave({
            name: t('caseBook.alias'),
            field,
            joinedBy: ' / ',
            write: (value, known) => cases.edit('patients', id, () => ({ alias: value }), { alias: known }),
            stored: () =>
              cases.store.getState().records.patients.find((patient) => patient.id === id)?.alias ?? '',
          })
        }
      />
      {question}
    </>
  );
}
