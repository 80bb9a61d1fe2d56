import type { Analysis } from '../../../core/analysis';
import { type Result, success } from '../../../core/failure';
import { siteKey } from '../../../core/patient/body-sites';
import { sha256 } from '../../../core/sha256';
import {
  blankLesion,
  blankPatient,
  freshRecord,
  type Patient,
  type RecordLesion,
  type RecordPhoto,
} from '../../../records/record';
import type { Cases } from '../../../records/store';
import type { Impression, PatientMetadata } from './patient-context';

/** A photo from the workbench with all that goes into a case with it. */
export interface CaseEntryInput {
  image: Blob;
  name: string;
  width: number;
  height: number;
  source: RecordPhoto['source'];
  /** ISO 8601, UTC. */
  takenAt: string;
  scale: number | null;
  metadata: PatientMetadata;
  dicom: RecordPhoto['dicom'];
  impression: Impression | null;
  analyses: readonly Analysis[];
}

/** Where it goes: a patient and a lesion that are there, or new ones with what they are called. */
export interface CaseTarget {
  patient: { id: string } | { alias: string } | null;
  lesion: { id: string } | { label: string };
}

/**
 * Puts a photo with its answers and the own impression into a case, and makes patient and lesion where they
 * are new. A photo that the lesion has already, byte for byte, is not kept twice: only the answers are added.
 * Answers the lesion's id.
 */
export async function saveToCase(
  cases: Cases,
  target: CaseTarget,
  input: CaseEntryInput,
): Promise<Result<string>> {
  if (cases.store.getState().state !== 'ready') {
    const loaded = await cases.load();
    if (!loaded.ok) return loaded;
  }
  const patient = patientOf(cases, target, input.metadata);
  const lesion = lesionOf(cases, target, patient?.id ?? null, input.metadata);
  const written = await cases.put({ patients: patient ? [patient] : [], lesions: [lesion] });
  if (!written.ok) return written;

  const photo = await photoOf(cases, lesion.id, input);
  if (!photo.ok) return photo;
  for (const analysis of input.analyses) {
    const added = await cases.addAnalysis({ photoId: photo.value.id, lesionId: lesion.id }, analysis);
    if (!added.ok) return added;
  }
  if (input.impression) {
    const noted = await cases.put({
      lesions: [
        { ...lesion, impressions: [...lesion.impressions, { ...input.impression, photoId: photo.value.id }] },
      ],
    });
    if (!noted.ok) return noted;
  }
  return success(lesion.id);
}

function patientOf(cases: Cases, { patient }: CaseTarget, { values }: PatientMetadata): Patient | null {
  if (!patient) return null;
  const { age, sex } = values;
  const given: Pick<Patient, 'age' | 'sex'> = {
    age: typeof age === 'number' ? age : null,
    sex: sex === 'female' || sex === 'male' || sex === 'other' ? sex : null,
  };
  if ('alias' in patient) return { ...blankPatient(freshRecord()), alias: patient.alias, ...given };
  const known = cases.store.getState().records.patients.find(({ id }) => id === patient.id);
  // What was noted of a patient stays; what was open is filled in.
  if (!known) return null;
  const unaged = known.age === null && known.birthYear === null;
  return { ...known, age: unaged ? given.age : known.age, sex: known.sex ?? given.sex };
}

function lesionOf(
  cases: Cases,
  { lesion }: CaseTarget,
  patientId: string | null,
  { values }: PatientMetadata,
): RecordLesion {
  const site = values[siteKey]?.toString() ?? null;
  const known = 'id' in lesion && cases.store.getState().records.lesions.find(({ id }) => id === lesion.id);
  if (known) return { ...known, site: known.site ?? site, patientId: known.patientId ?? patientId };
  return { ...blankLesion(freshRecord()), label: 'label' in lesion ? lesion.label : '', site, patientId };
}

async function photoOf(cases: Cases, lesionId: string, input: CaseEntryInput): Promise<Result<RecordPhoto>> {
  const database = await cases.database();
  if (!database.ok) return database;
  const hash = await sha256(new Uint8Array(await input.image.arrayBuffer()));
  const twins = await database.value.photosByHash(hash);
  const twin = twins.find((twin) => twin.deletedAt === null && twin.lesionIds.includes(lesionId));
  if (twin) return success(twin);
  const { name, width, height, source, takenAt, scale, dicom } = input;
  return cases.addPhoto(input.image, {
    name: name.slice(0, 200),
    width,
    height,
    source,
    takenAt,
    scale,
    dicom,
    lesionIds: [lesionId],
  });
}
