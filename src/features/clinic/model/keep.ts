import type { Analysis } from '../../../core/analysis';
import { type Result, success } from '../../../core/failure';
import { siteKey } from '../../../core/patient/body-sites';
import { sha256 } from '../../../core/sha256';
import {
  blankLesion,
  blankPatient,
  freshRecord,
  type Lesion,
  type Patient,
  type Photo,
} from '../../../records/record';
import type { Cases } from '../../../records/store';
import type { Impression, PatientFacts } from './bedside';

/** A photo from the workbench with all that goes into a case with it. */
export interface Keeping {
  image: Blob;
  name: string;
  width: number;
  height: number;
  source: Photo['source'];
  /** ISO 8601, UTC. */
  takenAt: string;
  scale: number | null;
  facts: PatientFacts;
  dicom: Photo['dicom'];
  impression: Impression | null;
  analyses: readonly Analysis[];
}

/** Where it goes: a patient and a lesion that are there, or new ones with what they are called. */
export interface Place {
  patient: { id: string } | { alias: string } | null;
  lesion: { id: string } | { label: string };
}

/**
 * Puts a photo with its answers and the own impression into a case, and makes patient and lesion where they are new. A photo that the
 * lesion has already, byte for byte, is not kept twice: only the answers are added. Answers the lesion's id.
 */
export async function keep(cases: Cases, place: Place, what: Keeping): Promise<Result<string>> {
  if (cases.store.getState().state !== 'here') {
    const loaded = await cases.load();
    if (!loaded.ok) return loaded;
  }
  const patient = patientOf(cases, place, what.facts);
  const lesion = lesionOf(cases, place, patient?.id ?? null, what.facts);
  const written = await cases.put({ patients: patient ? [patient] : [], lesions: [lesion] });
  if (!written.ok) return written;

  const photo = await photoOf(cases, lesion.id, what);
  if (!photo.ok) return photo;
  for (const analysis of what.analyses) {
    const added = await cases.addAnalysis({ photoId: photo.value.id, lesionId: lesion.id }, analysis);
    if (!added.ok) return added;
  }
  if (what.impression) {
    const noted = await cases.put({
      lesions: [
        { ...lesion, impressions: [...lesion.impressions, { ...what.impression, photoId: photo.value.id }] },
      ],
    });
    if (!noted.ok) return noted;
  }
  return success(lesion.id);
}

function patientOf(cases: Cases, { patient }: Place, { values }: PatientFacts): Patient | null {
  if (!patient) return null;
  const { age, sex } = values;
  const told: Pick<Patient, 'age' | 'sex'> = {
    age: typeof age === 'number' ? age : null,
    sex: sex === 'female' || sex === 'male' || sex === 'other' ? sex : null,
  };
  if ('alias' in patient) return { ...blankPatient(freshRecord()), alias: patient.alias, ...told };
  const known = cases.store.getState().records.patients.find(({ id }) => id === patient.id);
  // What was noted of a patient stays; what was open is filled in.
  if (!known) return null;
  const unaged = known.age === null && known.birthYear === null;
  return { ...known, age: unaged ? told.age : known.age, sex: known.sex ?? told.sex };
}

function lesionOf(
  cases: Cases,
  { lesion }: Place,
  patientId: string | null,
  { values }: PatientFacts,
): Lesion {
  const site = values[siteKey]?.toString() ?? null;
  const known = 'id' in lesion && cases.store.getState().records.lesions.find(({ id }) => id === lesion.id);
  if (known) return { ...known, site: known.site ?? site, patientId: known.patientId ?? patientId };
  return { ...blankLesion(freshRecord()), label: 'label' in lesion ? lesion.label : '', site, patientId };
}

async function photoOf(cases: Cases, lesionId: string, what: Keeping): Promise<Result<Photo>> {
  const database = await cases.database();
  if (!database.ok) return database;
  const hash = await sha256(new Uint8Array(await what.image.arrayBuffer()));
  const twins = await database.value.photosByHash(hash);
  const twin = twins.find((one) => one.deletedAt === null && one.lesionIds.includes(lesionId));
  if (twin) return success(twin);
  const { name, width, height, source, takenAt, scale, dicom } = what;
  return cases.addPhoto(what.image, {
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
