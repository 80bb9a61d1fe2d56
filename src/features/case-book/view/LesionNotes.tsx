import { Button, Group, Select, Stack, TagsInput, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodySides } from '../../../core/patient/body-areas';
import { bodyPlaces } from '../../../core/patient/body-sites';
import { siteGroups } from '../../../core/patient/patient-facts';
import type { RecordLesion } from '../../../records/record';
import { useCases, useServices } from '../../../ui/context';
import { type Case, casesOf, tagsInUse } from '../model/search';
import { AliasInput } from './AliasInput';
import { PlaceDialog } from './body/PlaceDialog';
import { usePlaceWords } from './body/use-place-words';
import { placeOfLesion, type StoredPlace, usePlaceWriter } from './body/use-place-writer';
import { type Field, useField } from './use-field';
import { useFieldWriter } from './use-field-writer';

/** What the clinician calls the lesion and writes of it. Each field is written when it is left. */
export function LesionNotes({ lesionCase }: { lesionCase: Case }) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const words = usePlaceWords();
  const [placing, setPlacing] = useState(false);
  const records = useCases((state) => state.records);
  const { lesion, patient } = lesionCase;
  const label = useField(lesion.label);
  const notes = useField(lesion.notes);
  const knownTags = useMemo(() => tagsInUse(casesOf(records)).map(({ tag }) => tag), [records]);
  const { leave, notice, question } = useFieldWriter();
  const placeWriter = usePlaceWriter(lesion.id);
  const ofLesion = (name: string, key: 'label' | 'notes', field: Field<string>) =>
    leave({
      name,
      field,
      joinedBy: key === 'notes' ? '\n' : ' / ',
      write: (value, known) => cases.edit('lesions', lesion.id, () => ({ [key]: value }), { [key]: known }),
      stored: () => cases.store.getState().records.lesions.find(({ id }) => id === lesion.id)?.[key] ?? '',
    });
  const setTags = (tags: string[]) => {
    const wanted = tags.map((tag) => tag.slice(0, 60));
    const gone = lesion.tags.filter((tag) => !wanted.includes(tag));
    // What was added or taken out here, on the tags as they stand now.
    const change = (now: RecordLesion) => ({
      tags: [...new Set([...now.tags.filter((tag) => !gone.includes(tag)), ...wanted])].slice(0, 50),
    });
    void cases.edit('lesions', lesion.id, change).then(notice);
  };
  const setPlace = (place: Partial<StoredPlace>) => placeWriter.write(place, placeOfLesion(lesion));
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
        {patient && <AliasInput patient={patient} />}
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
          onChange={(site) => void setPlace({ site, spot: null, ...(site === null && { side: null }) })}
          searchable
          clearable
        />
        <Group gap="xs" align="flex-end">
          <Select
            flex={1}
            label={t('patientPage.place.side')}
            placeholder={t('patientPage.place.unknownSide')}
            data={bodySides.map((value) => ({ value, label: t(`patientPage.place.sides.${value}`) }))}
            value={lesion.side}
            onChange={(value) => {
              const side = bodySides.find((side) => side === value) ?? null;
              void setPlace({ side, ...(side !== lesion.side && { spot: null }) });
            }}
            clearable
          />
          <Button
            variant="default"
            leftSection={<IconMapPin size={18} aria-hidden />}
            onClick={() => setPlacing(true)}
          >
            {t('patientPage.place.set')}
          </Button>
        </Group>
        {lesion.spot && (
          <Text size="xs" c="dimmed">
            {words(lesion)}
          </Text>
        )}
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
      {question}
      {placeWriter.question}
      {placing && <PlaceDialog lesion={lesion} onClose={() => setPlacing(false)} />}
    </section>
  );
}
