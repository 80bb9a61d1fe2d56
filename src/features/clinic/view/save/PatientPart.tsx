import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCases } from '../../../../ui/context';
import { type DraftPatient, knownLesions, parted, relabelled, type Whose } from '../../model/batch-draft';
import { patientCalled } from '../../model/save-to-case';
import type { WorkbenchPhoto } from '../../model/workbench-photo';
import { LesionRow } from './LesionRow';
import styles from './save.module.css';

/** No record has such an id. */
const fresh = '+';
const nobody = '-';
/** Of a record, as a choice: an imported id may be any text, and must not read as one of these. */
const choiceOf = (id: string) => `=${id}`;

interface Props {
  patient: DraftPatient;
  photos: readonly WorkbenchPhoto[];
  onChange: (patient: DraftPatient) => void;
  /** Another patient: the lesions are proposed again. */
  onWhose: (whose: Whose) => void;
  /** From this photo on it is another patient. */
  onNext: (photoId: string) => void;
}

/** One patient of the batch, with the lesions that the photos are proposed to show. */
export function PatientPart({ patient, photos, onChange, onWhose, onNext }: Props) {
  const { t } = useTranslation();
  const records = useCases((state) => state.records);
  const { id, alias, isNobody = false, lesions } = patient;
  const known = id === null ? [] : knownLesions(records, id).map(({ label }) => label);
  const own = photos.filter((photo) => lesions.some(({ photoIds }) => photoIds.includes(photo.id)));
  const meant = own.flatMap(({ saved, origin }) => [saved?.lesionId, origin.lesionId]);
  const mayBeNobody = records.lesions.some(
    (lesion) => lesion.patientId === null && meant.includes(lesion.id),
  );
  const labels = [...new Set([...known, ...lesions.map(({ label }) => label.trim())])].filter(Boolean);
  return (
    <section
      className={styles.patient}
      aria-label={isNobody ? t('caseBook.nobody') : alias || t('caseBook.save.newPatient')}
    >
      <div className={styles.whose}>
        <Select
          label={t('caseBook.patient')}
          data={[
            { value: fresh, label: t('caseBook.save.newPatient') },
            ...(mayBeNobody ? [{ value: nobody, label: t('caseBook.nobody') }] : []),
            ...records.patients.map((other) => ({
              value: choiceOf(other.id),
              label: other.alias || t('caseBook.unnamed'),
            })),
          ]}
          value={isNobody ? nobody : id === null ? fresh : choiceOf(id)}
          allowDeselect={false}
          searchable
          onChange={(choice) => {
            const chosen = records.patients.find((other) => choiceOf(other.id) === choice);
            onWhose({
              id: chosen?.id ?? null,
              alias: chosen?.alias ?? '',
              isNobody: choice === nobody,
            });
          }}
        />
        {id === null && !isNobody && (
          <TextInput
            label={t('caseBook.alias')}
            value={alias}
            maxLength={200}
            required
            data-autofocus={alias === '' || undefined}
            onChange={(event) => onChange({ ...patient, alias: event.currentTarget.value })}
            onBlur={() => {
              // The lesions of somebody who is known are proposed too.
              const there = patientCalled(alias.trim(), records.patients);
              if (there) onWhose(there);
            }}
          />
        )}
      </div>
      <ul className={styles.lesions}>
        {lesions.map((lesion, index) => (
          <LesionRow
            key={lesion.photoIds[0]}
            lesion={lesion}
            labels={labels}
            photos={photos.filter((photo) => lesion.photoIds.includes(photo.id))}
            onLabel={(label) => onChange(relabelled(patient, index, label))}
            onPart={() => onChange(parted(patient, index))}
            onNext={index > 0 ? () => onNext(lesion.photoIds[0] ?? '') : null}
          />
        ))}
      </ul>
    </section>
  );
}
