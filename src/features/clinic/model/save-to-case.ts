import type { Analysis } from '../../../core/analysis';
import { failure, type Result, success } from '../../../core/failure';
import { siteKey } from '../../../core/patient/body-sites';
import type { Changes } from '../../../records/database';
import { newPhoto } from '../../../records/new-photo';
import {
  blankLesion,
  blankPatient,
  freshRecord,
  type Patient,
  type RecordLesion,
  type RecordPhoto,
  splitAnalysis,
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
 * are new, all in one transaction: everything or nothing. A photo that the lesion has already, byte for byte,
 * is not kept twice: only the answers are added. Answers the lesion's id. Fails with "record-gone" where the
 * lesion was deleted meanwhile.
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
  const fresh = { patient: blankPatient(freshRecord()), lesion: blankLesion(freshRecord()) };
  const lesionId = 'id' in target.lesion ? target.lesion.id : fresh.lesion.id;
  const picture = await pictureOf(cases, lesionId, input);
  if (!picture.ok) return picture;
  const { photoId, changes } = picture.value;
  const entries = input.analyses.map((whole) => {
    const base = freshRecord();
    const { analysis, rasters } = splitAnalysis(base.id, whole);
    return { entry: { ...base, photoId, lesionId, analysis }, rasters };
  });
  let gone = false;
  const wanted = {
    patients: target.patient && 'id' in target.patient ? [target.patient.id] : [],
    lesions: 'id' in target.lesion ? [lesionId] : [],
  };
  const written = await cases.change(wanted, ({ patients, lesions }) => {
    const [known] = lesions;
    gone = 'id' in target.lesion && known?.deletedAt !== null;
    if (gone) return {};
    const patient = patientOf(target, patients[0], fresh.patient, input.metadata);
    const lesion = lesionOf(target, known ?? fresh.lesion, patient, input.metadata);
    const impressions = input.impression ? [{ ...input.impression, photoId }] : [];
    return {
      ...changes,
      patients: patient ? [patient] : [],
      lesions: [{ ...lesion, impressions: [...lesion.impressions, ...impressions] }],
      entries: entries.map(({ entry }) => entry),
      rasters: entries.map(({ rasters }) => rasters),
    };
  });
  if (!written.ok) return written;
  return gone ? failure('record-gone') : success(lesionId);
}

function patientOf(
  { patient }: CaseTarget,
  known: Patient | undefined,
  blank: Patient,
  { values }: PatientMetadata,
): Patient | null {
  if (!patient) return null;
  const { age, sex } = values;
  const given: Pick<Patient, 'age' | 'sex'> = {
    age: typeof age === 'number' ? age : null,
    sex: sex === 'female' || sex === 'male' || sex === 'other' ? sex : null,
  };
  if ('alias' in patient) return { ...blank, alias: patient.alias, ...given };
  // What was noted of a patient stays; what was open is filled in.
  if (!known) return null;
  const unaged = known.age === null && known.birthYear === null;
  return { ...known, age: unaged ? given.age : known.age, sex: known.sex ?? given.sex };
}

function lesionOf(
  { lesion }: CaseTarget,
  now: RecordLesion,
  patient: Patient | null,
  { values }: PatientMetadata,
): RecordLesion {
  const site = values[siteKey]?.toString() ?? null;
  const named = 'label' in lesion ? { ...now, label: lesion.label } : now;
  return { ...named, site: now.site ?? site, patientId: now.patientId ?? patient?.id ?? null };
}

/** The photo that the lesion has already, or a new one with what is to be written of it. */
async function pictureOf(
  cases: Cases,
  lesionId: string,
  input: CaseEntryInput,
): Promise<Result<{ photoId: string; changes: Changes }>> {
  const database = await cases.database();
  if (!database.ok) return database;
  const { image, name, width, height, source, takenAt, scale, dicom } = input;
  const about = { name: name.slice(0, 200), width, height, source, takenAt, scale, dicom };
  const made = await newPhoto(image, { ...about, lesionIds: [lesionId] });
  const twins = await database.value.photosByHash(made.photo.sha256);
  const twin = twins.find((twin) => twin.deletedAt === null && twin.lesionIds.includes(lesionId));
  if (twin) return success({ photoId: twin.id, changes: {} });
  return success({ photoId: made.photo.id, changes: { photos: [made.photo], images: [made.image] } });
}
