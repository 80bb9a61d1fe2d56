import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { noonOf } from '../../../../core/day';
import { useCases, useServices } from '../../../../ui/context';
import { useOutcome } from '../../../../ui/Outcome';
import {
  batchPhotos,
  type DraftPatient,
  draftOf,
  patientDraft,
  splitPatient,
  type Whose,
} from '../../model/batch-draft';
import { lesionCount, missingIn, targetsOf } from '../../model/batch-targets';
import { caseEntryOf, picturesOf } from '../../model/case-entry';
import { saveBatch } from '../../model/save-to-case';
import { savedAs } from '../../model/saved-as';
import type { WorkbenchPhoto } from '../../model/workbench-photo';
import { useClinicServices, usePatientContext, useWorkbench } from '../context';
import { type ChosenDay, DayChoice, proposedDay } from './DayChoice';
import { PatientPart } from './PatientPart';
import { useLesionNames } from './use-lesion-names';

interface Props {
  photos: readonly WorkbenchPhoto[];
  /** How many were picked and cannot be saved. */
  left: number;
  onDone: () => void;
}

/** Whose photos these are, of which day, and which show one lesion: proposed, corrected, saved. */
export function SaveBatchForm({ photos, left, onDone }: Props) {
  const { t } = useTranslation();
  const { workbench, triage } = useClinicServices();
  const { cases, runtime } = useServices();
  const notify = useOutcome();
  const records = useCases((state) => state.records);
  const name = useLesionNames();
  const context = usePatientContext((state) => state);
  const packageId = useWorkbench((state) => state.packageId);
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const batch = batchPhotos(photos, context, records, packageId);
  const [draft, setDraft] = useState(() => draftOf(batch, records, name));
  const [day, setDay] = useState<ChosenDay>(() => proposedDay(photos));
  const [busy, setBusy] = useState(false);
  const change = (index: number, patient: DraftPatient) =>
    setDraft(({ patients }) => ({ patients: patients.with(index, patient) }));
  const chooseWhose = (index: number, whose: Whose) => {
    const rows = draft.patients[index]?.lesions ?? [];
    const own = new Set(rows.flatMap(({ photoIds }) => photoIds));
    change(
      index,
      patientDraft(
        batch.filter(({ id }) => own.has(id)),
        whose,
        records,
        name,
        rows,
      ),
    );
  };
  const noDay = photos.some(({ origin }) => noonOf(day.own ? (origin.day ?? day.day) : day.day) === null);
  const missing = missingIn(draft);

  const save = async () => {
    const ids = draft.patients.flatMap(({ lesions }) => lesions.flatMap(({ photoIds }) => photoIds));
    const pictures = picturesOf(ids, photos, workbench.imageOf);
    if (!pictures.ok) return notify.failed(t('caseBook.save.failed'), pictures.failure);
    const targets = targetsOf(draft, records, (id, site) => {
      const { photo, image } = pictures.value(id);
      const takenAt = noonOf(day.own ? (photo.origin.day ?? day.day) : day.day) ?? '';
      return caseEntryOf(photo, image, context, { takenAt, site, cardOf: runtime.card, sensitivity });
    });
    setBusy(true);
    const saved = await saveBatch(cases, targets);
    setBusy(false);
    if (!saved.ok) return notify.failed(t('caseBook.save.failed'), saved.failure);
    const now = cases.store.getState().records;
    for (const [index, { lesionId, photoIds }] of saved.value.entries())
      for (const [at, id] of (targets[index]?.photoIds ?? []).entries())
        workbench.setSaved([id], savedAs(lesionId, photoIds[at] ?? null, now));
    notify.done(t('caseBook.batch.saved', { count: ids.length }));
    triage.clearPicks();
    onDone();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('caseBook.save.stays')}
        </Text>
        <DayChoice photos={photos} chosen={day} onChange={setDay} />
        {draft.patients.map((patient, index) => (
          <PatientPart
            // biome-ignore lint/suspicious/noArrayIndexKey: a part stays where it is while its patient is corrected.
            key={index}
            patient={patient}
            photos={photos}
            onChange={(next) => change(index, next)}
            onWhose={(whose) => chooseWhose(index, whose)}
            onNext={(photoId) => setDraft(splitPatient(draft, index, photoId, batch, records, name))}
          />
        ))}
        {left > 0 && (
          <Text size="sm" c="dimmed">
            {t('caseBook.batch.left', { count: left })}
          </Text>
        )}
        <Group justify="space-between">
          <Text size="sm" role="status">
            {missing
              ? t(`caseBook.batch.missing.${missing}`)
              : t('caseBook.batch.sum', {
                  photos: photos.length,
                  lesions: lesionCount(draft),
                  patients: draft.patients.length,
                })}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={onDone}>
              {t('answer.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={noDay || missing !== null}>
              {t('caseBook.batch.do', { count: photos.length })}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
