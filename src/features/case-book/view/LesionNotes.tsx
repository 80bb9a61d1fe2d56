import { Select, Stack, TagsInput, Textarea, TextInput, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../../core/failure';
import { bodyPlaces } from '../../../core/patient/body-sites';
import { siteGroups } from '../../../core/patient/patient-facts';
import type { RecordLesion } from '../../../records/record';
import { useCases, useServices } from '../../../ui/context';
import { useOutcome } from '../../../ui/Outcome';
import { type Case, casesOf, tagsInUse } from '../model/search';
import { type Conflict, FieldConflict } from './FieldConflict';
import { type Field, useField } from './use-field';

/** What the clinician calls the lesion and writes of it. Each field is written when it is left. */
export function LesionNotes({ lesionCase }: { lesionCase: Case }) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const notify = useOutcome();
  const records = useCases((state) => state.records);
  const { lesion, patient } = lesionCase;
  const label = useField(lesion.label);
  const notes = useField(lesion.notes);
  const alias = useField(patient?.alias ?? '');
  const knownTags = useMemo(() => tagsInUse(casesOf(records)).map(({ tag }) => tag), [records]);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const notice = (written: Result<null>) => {
    if (!written.ok) notify.failed(t('caseBook.writeFailed'), written.failure);
  };
  /** Writes a text field; where another tab wrote it meanwhile, the user is asked. */
  async function leave(
    name: string,
    field: Field<string>,
    write: (value: string, known: string) => Promise<Result<null>>,
    stored: () => string,
    value = field.value,
    known = field.known,
  ): Promise<void> {
    if (value === known) return;
    const written = await write(value, known);
    if (written.ok || written.failure.code !== 'record-changed') return notice(written);
    const theirs = stored();
    const again = (text: string) => {
      field.set(text);
      void leave(name, field, write, stored, text, theirs);
    };
    setConflict({
      field: name,
      theirs,
      mine: value,
      keepTheirs: () => field.take(theirs),
      keepMine: () => again(value),
      keepBoth: () =>
        again([theirs, value].filter(Boolean).join(name === t('caseBook.notes') ? '\n' : ' / ')),
    });
  }
  const ofLesion = (name: string, key: 'label' | 'notes', field: Field<string>) =>
    leave(
      name,
      field,
      (value, known) => cases.edit('lesions', lesion.id, () => ({ [key]: value }), { [key]: known }),
      () => cases.store.getState().records.lesions.find(({ id }) => id === lesion.id)?.[key] ?? '',
    );
  const ofPatient = (patientId: string) =>
    leave(
      t('caseBook.alias'),
      alias,
      (value, known) => cases.edit('patients', patientId, () => ({ alias: value }), { alias: known }),
      () => cases.store.getState().records.patients.find(({ id }) => id === patientId)?.alias ?? '',
    );
  const setTags = (tags: string[]) => {
    const wanted = tags.map((tag) => tag.slice(0, 60));
    const gone = lesion.tags.filter((tag) => !wanted.includes(tag));
    // What was added or taken out here, on the tags as they stand now.
    const change = (now: RecordLesion) => ({
      tags: [...new Set([...now.tags.filter((tag) => !gone.includes(tag)), ...wanted])].slice(0, 50),
    });
    void cases.edit('lesions', lesion.id, change).then(notice);
  };
  const site = (id: (typeof bodyPlaces)[number] | (typeof siteGroups)[number]) => ({
    value: id,
    label: t(`report.site.${id}`),
  });
  return (
    <section aria-label={t('caseBook.notes')}>
      <Title order={3} size="sm" mb="xs">
        {t('caseBook.notes')}
      </Title>
      <Stack gap="sm">
        {patient && (
          <TextInput
            label={t('caseBook.alias')}
            value={alias.value}
            maxLength={200}
            onChange={(event) => alias.set(event.currentTarget.value)}
            onBlur={() => void ofPatient(patient.id)}
          />
        )}
        <TextInput
          label={t('caseBook.lesionLabel')}
          value={label.value}
          maxLength={200}
          onChange={(event) => label.set(event.currentTarget.value)}
          onBlur={() => void ofLesion(t('caseBook.lesionLabel'), 'label', label)}
        />
        <Select
          label={t('facts.site')}
          placeholder={t('facts.unknown')}
          data={[
            { group: t('facts.places'), items: bodyPlaces.map(site) },
            { group: t('facts.groups'), items: siteGroups.map(site) },
          ]}
          value={lesion.site}
          onChange={(value) => void cases.edit('lesions', lesion.id, () => ({ site: value })).then(notice)}
          searchable
          clearable
        />
        <TagsInput
          label={t('caseBook.tags')}
          data={knownTags}
          value={lesion.tags}
          maxTags={50}
          onChange={setTags}
        />
        <Textarea
          label={t('caseBook.notes')}
          autosize
          minRows={3}
          maxLength={20_000}
          value={notes.value}
          onChange={(event) => notes.set(event.currentTarget.value)}
          onBlur={() => void ofLesion(t('caseBook.notes'), 'notes', notes)}
        />
      </Stack>
      <FieldConflict conflict={conflict} onClose={() => setConflict(null)} />
    </section>
  );
}
