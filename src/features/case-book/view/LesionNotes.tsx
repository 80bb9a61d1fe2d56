import { Select, Stack, TagsInput, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodyPlaces } from '../../../core/patient/body-sites';
import { siteGroups } from '../../../core/patient/patient-facts';
import type { RecordLesion } from '../../../records/record';
import { useCases, useServices } from '../../../ui/context';
import { useOutcome } from '../../../ui/Outcome';
import { type Case, casesOf, tagsInUse } from '../model/search';

/** What the clinician calls the lesion and writes of it. Each field is written when it is left. */
export function LesionNotes({ lesionCase }: { lesionCase: Case }) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const notify = useOutcome();
  const records = useCases((state) => state.records);
  const { lesion, patient } = lesionCase;
  const [label, setLabel] = useState(lesion.label);
  const [notes, setNotes] = useState(lesion.notes);
  const [alias, setAlias] = useState(patient?.alias ?? '');
  const notice = (written: Awaited<ReturnType<typeof cases.put>>) => {
    if (!written.ok) notify.failed(t('caseBook.writeFailed'), written.failure);
  };
  const write = async (changes: Partial<RecordLesion>) =>
    notice(await cases.edit('lesions', lesion.id, () => changes));
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
            value={alias}
            maxLength={200}
            onChange={(event) => setAlias(event.currentTarget.value)}
            onBlur={() => {
              if (alias !== patient.alias)
                void cases.edit('patients', patient.id, () => ({ alias })).then(notice);
            }}
          />
        )}
        <TextInput
          label={t('caseBook.lesionLabel')}
          value={label}
          maxLength={200}
          onChange={(event) => setLabel(event.currentTarget.value)}
          onBlur={() => label !== lesion.label && void write({ label })}
        />
        <Select
          label={t('facts.site')}
          placeholder={t('facts.unknown')}
          data={[
            { group: t('facts.places'), items: bodyPlaces.map(site) },
            { group: t('facts.groups'), items: siteGroups.map(site) },
          ]}
          value={lesion.site}
          onChange={(value) => void write({ site: value })}
          searchable
          clearable
        />
        <TagsInput
          label={t('caseBook.tags')}
          data={tagsInUse(casesOf(records)).map(({ tag }) => tag)}
          value={lesion.tags}
          maxTags={50}
          onChange={(tags) => void write({ tags: tags.map((tag) => tag.slice(0, 60)) })}
        />
        <Textarea
          label={t('caseBook.notes')}
          autosize
          minRows={3}
          maxLength={20_000}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
          onBlur={() => notes !== lesion.notes && void write({ notes })}
        />
      </Stack>
    </section>
  );
}
