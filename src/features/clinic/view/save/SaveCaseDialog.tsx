import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localDay, noonOf } from '../../../../core/day';
import { siteKey } from '../../../../core/patient/body-sites';
import { settledAnswersOf } from '../../../../runtime/run';
import { useCases, useServices } from '../../../../ui/context';
import { useOutcome } from '../../../../ui/Outcome';
import { caseEntryOf } from '../../model/case-entry';
import { type CaseTarget, patientCalled, saveToCase } from '../../model/save-to-case';
import { savedAs } from '../../model/saved-as';
import type { WorkbenchPhoto } from '../../model/workbench-photo';
import { useClinicServices } from '../context';
import { useLesionNames } from './use-lesion-names';

/** No record has such an id. */
const fresh = 'new';
const nobody = 'nobody';
/** Of a record, as a choice: an imported id may be any text, and must not read as `fresh`. */
const choiceOf = (id: string) => `=${id}`;
const idOf = (choice: string) => choice.slice(1);

/** Keeps the photo with its answers in a case: a new one, or one that is there. */
export function SaveCaseDialog({ photo }: { photo: WorkbenchPhoto }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  // The answers of an earlier session are here before its pictures are.
  const ready = photo.url !== null && settledAnswersOf(Object.values(photo.runs)).length > 0;
  return (
    <>
      <Button
        size="sm"
        variant="default"
        disabled={!ready}
        data-shortcut="save"
        leftSection={<IconFolderPlus size={18} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('caseBook.save.button')}
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': t('app.dismiss') }}
        opened={open}
        onClose={() => setOpen(false)}
        title={t('caseBook.save.heading')}
      >
        {open && <SaveForm photo={photo} onDone={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

function targetPatient(choice: string, alias: string): CaseTarget['patient'] {
  if (choice === nobody) return null;
  return choice === fresh ? { alias } : { id: idOf(choice) };
}

function SaveForm({ photo, onDone }: { photo: WorkbenchPhoto; onDone: () => void }) {
  const { t } = useTranslation();
  const { workbench, patientContext } = useClinicServices();
  const { cases, runtime } = useServices();
  const notify = useOutcome();
  const state = useCases((cases) => cases.state);
  const { patients, lesions } = useCases(({ records }) => records);
  /** Until somebody chooses, it goes to the lesion that the photo was saved to, or brought for. */
  const meant = [photo.saved?.lesionId, photo.origin.lesionId].flatMap(
    (wanted) => lesions.find(({ id }) => id === wanted) ?? [],
  )[0];
  const [chosenPatient, setChosenPatient] = useState<string | null>(null);
  const [alias, setAlias] = useState(photo.origin.patient ?? '');
  const [chosenLesion, setChosenLesion] = useState<string | null>(null);
  const ofNobody = meant !== undefined && meant.patientId === null;
  const meantPatient = ofNobody ? nobody : meant?.patientId ? choiceOf(meant.patientId) : fresh;
  const patientId = chosenPatient ?? meantPatient;
  // A lesion of nobody becomes that of the patient who is given.
  const keepsLesion = ofNobody || patientId === meantPatient;
  const lesionId = chosenLesion ?? (meant && keepsLesion ? choiceOf(meant.id) : fresh);
  const { side } = photo.origin;
  const name = useLesionNames();
  const [label, setLabel] = useState(() => {
    const { metadata } = patientContext.store.getState();
    const site = metadata[photo.id]?.values[siteKey]?.toString() ?? null;
    return site === null && side === null ? '' : name({ site, side });
  });
  const [day, setDay] = useState(() => photo.origin.day ?? localDay());
  const takenAt = noonOf(day);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (state === 'absent') void cases.load();
  }, [state, cases]);

  const own = lesions.filter((lesion) =>
    lesion.patientId === null
      ? patientId === nobody || lesion === meant
      : choiceOf(lesion.patientId) === patientId,
  );
  const save = async () => {
    if (takenAt === null) return;
    const image = workbench.imageOf(photo.id);
    if (!image) return notify.failed(t('caseBook.save.failed'), { code: 'file-unreadable', detail: {} });
    setBusy(true);
    const saved = await saveToCase(
      cases,
      {
        patient: targetPatient(patientId, alias.trim()),
        lesion: lesionId === fresh ? { label: label.trim(), side } : { id: idOf(lesionId), side },
      },
      caseEntryOf(photo, image, patientContext.store.getState(), {
        takenAt,
        cardOf: runtime.card,
        sensitivity: workbench.store.getState().sensitivity,
      }),
    );
    setBusy(false);
    if (!saved.ok) return notify.failed(t('caseBook.save.failed'), saved.failure);
    const { lesionId: savedTo, photoIds } = saved.value;
    workbench.setSaved([photo.id], savedAs(savedTo, photoIds[0] ?? null, cases.store.getState().records));
    notify.done(t('caseBook.save.saved'));
    onDone();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('caseBook.save.stays')}
        </Text>
        <Select
          label={t('caseBook.patient')}
          data={[
            { value: fresh, label: t('caseBook.save.newPatient') },
            ...(ofNobody ? [{ value: nobody, label: t('caseBook.nobody') }] : []),
            ...patients.map((patient) => ({
              value: choiceOf(patient.id),
              label: patient.alias || t('caseBook.unnamed'),
            })),
          ]}
          value={patientId}
          allowDeselect={false}
          searchable
          onChange={(id) => {
            setChosenPatient(id ?? fresh);
            setChosenLesion(ofNobody ? null : fresh);
          }}
        />
        {patientId === fresh && (
          <TextInput
            label={t('caseBook.alias')}
            description={t('caseBook.save.aliasHelp')}
            value={alias}
            maxLength={200}
            required
            data-autofocus
            onChange={(event) => setAlias(event.currentTarget.value)}
            onBlur={() => {
              const there = patientCalled(alias.trim(), patients);
              if (there) setChosenPatient(choiceOf(there.id));
            }}
          />
        )}
        {own.length > 0 && (
          <Select
            label={t('caseBook.lesion')}
            data={[
              { value: fresh, label: t('caseBook.save.newLesion') },
              ...own.map((lesion) => ({
                value: choiceOf(lesion.id),
                label: lesion.label || t('caseBook.unnamed'),
              })),
            ]}
            value={lesionId}
            allowDeselect={false}
            onChange={(id) => setChosenLesion(id ?? fresh)}
          />
        )}
        {lesionId === fresh && (
          <TextInput
            label={t('caseBook.lesionLabel')}
            placeholder={t('caseBook.save.labelPlaceholder')}
            value={label}
            maxLength={200}
            required
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
        )}
        <TextInput
          type="date"
          label={t('caseBook.takenOn')}
          value={day}
          min="1900-01-01"
          max={localDay()}
          error={takenAt === null && t('caseBook.save.noDay')}
          required
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('answer.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={takenAt === null}>
            {t('caseBook.save.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
