import type { Analysis } from '../../../core/analysis';
import { failure, type Result, success } from '../../../core/failure';
import type { BodySide } from '../../../core/patient/body-areas';
import { siteKey } from '../../../core/patient/body-sites';
import type { OtherLesion, UnaskedLesions } from '../../../core/report/other-lesions';
import type { Cases } from '../../../records/cases';
import type { Changes } from '../../../records/database';
import { type NewRecordPhoto, newPhoto } from '../../../records/new-photo';
import {
  blankLesion,
  blankPatient,
  freshRecord,
  type Patient,
  type RecordLesion,
  type RecordPhoto,
  type Records,
  splitAnalysis,
} from '../../../records/record';
import { type Impression, nothingKnown, type PatientMetadata } from './patient-context';

/** A photo from the workbench with all that goes into a case with it. */
export interface CaseEntryInput extends Omit<NewRecordPhoto, 'lesionIds'> {
  image: Blob;
  metadata: PatientMetadata;
  impression: Impression | null;
  analyses: readonly Analysis[];
  /** What each package said of the other lesions in the photo, by its id. */
  otherLesions?: Readonly<Record<string, readonly OtherLesion[]>>;
  /** The lesions that were found and have no answer of it, by its id. */
  unaskedLesions?: Readonly<Record<string, readonly UnaskedLesions[]>>;
}

/** Where it goes: a patient and a lesion that are there, or new ones with what they are called. */
export interface CaseTarget {
  patient: { id: string } | { alias: string } | null;
  lesion: { id: string; side?: BodySide | null } | { label: string; side?: BodySide | null };
}

/** Photos that go to one lesion. */
export interface BatchTarget extends CaseTarget {
  inputs: readonly CaseEntryInput[];
}

/** Where photos of one target came to be. */
export interface SavedTarget {
  lesionId: string;
  /** In the order of the inputs. */
  photoIds: readonly string[];
}

/**
 * Puts a photo with its answers and the own impression into a case, and makes patient and lesion where they
 * are new: see `saveBatch`.
 */
export async function saveToCase(
  cases: Cases,
  target: CaseTarget,
  input: CaseEntryInput,
): Promise<Result<SavedTarget>> {
  const saved = await saveBatch(cases, [{ ...target, inputs: [input] }]);
  return saved.ok ? success(saved.value[0] as SavedTarget) : saved;
}

/**
 * Puts photos with their answers and impressions into cases, and makes patients and lesions where they are
 * new, all in one transaction: everything or nothing. Patients of one alias are one patient, also with one who is in the
 * records. A photo that its lesion has already, byte for byte, is not kept twice: only its answers are added. Answers
 * one lesion a target, with its photos. Fails with "record-gone" where a patient or lesion was deleted meanwhile.
 */
export async function saveBatch(
  cases: Cases,
  targets: readonly BatchTarget[],
): Promise<Result<SavedTarget[]>> {
  // A photo that its lesion had may be deleted while it is saved: then it is kept anew.
  for (let tries = 1; ; tries++) {
    const saved = await attempt(cases, targets);
    if (saved !== 'photo-gone') return saved;
    if (tries === 3) return failure('record-gone');
  }
}

/** The patient of this very alias; undefined for an empty one, which many may have. */
export const patientCalled = (alias: string, patients: readonly Patient[]): Patient | undefined =>
  alias === '' ? undefined : patients.find((patient) => patient.alias === alias);

/** Of an alias that somebody in the records has, that patient: typed again, it is nobody new. */
function knownPatient(patient: CaseTarget['patient'], known: readonly Patient[]): CaseTarget['patient'] {
  if (!patient || 'id' in patient) return patient;
  const there = patientCalled(patient.alias, known);
  return there ? { id: there.id } : patient;
}

async function attempt(
  cases: Cases,
  given: readonly BatchTarget[],
): Promise<Result<SavedTarget[]> | 'photo-gone'> {
  if (cases.store.getState().state !== 'ready') {
    const loaded = await cases.load();
    if (!loaded.ok) return loaded;
  }
  const { patients } = cases.store.getState().records;
  const targets = given.map((target) => ({ ...target, patient: knownPatient(target.patient, patients) }));
  const prepared: PreparedTarget[] = [];
  for (const target of targets) {
    const made = await prepare(cases, target);
    if (!made.ok) return made;
    prepared.push(made.value);
  }
  const idsOf = (of: 'patient' | 'lesion') =>
    new Set(targets.flatMap((target) => (target[of] && 'id' in target[of] ? [target[of].id] : [])));
  const wanted = {
    patients: [...idsOf('patient')],
    lesions: [...idsOf('lesion')],
    photos: [...new Set(prepared.flatMap(keptPhotos))],
  };
  let gone = false;
  let photoGone = false;
  const written = await cases.change(wanted, (now) => {
    const alive = (records: readonly { deletedAt: string | null }[]) =>
      records.filter(({ deletedAt }) => deletedAt === null).length;
    gone = alive(now.patients) < wanted.patients.length || alive(now.lesions) < wanted.lesions.length;
    photoGone = alive(now.photos) < wanted.photos.length;
    return gone || photoGone ? {} : changesFor(prepared, now);
  });
  if (!written.ok) return written;
  if (photoGone && !gone) return 'photo-gone';
  return gone
    ? failure('record-gone')
    : success(prepared.map(({ lesion, photoIds }) => ({ lesionId: lesion.id, photoIds })));
}

type Written = Required<Pick<Changes, 'photos' | 'images' | 'entries' | 'rasters'>>;

/** A target with all that is to be written of it, before the records as they stand now are known. */
interface PreparedTarget {
  target: BatchTarget;
  /** A new one, or one of this id. */
  lesion: Pick<RecordLesion, 'id'>;
  photoIds: readonly string[];
  changes: Written;
  impressions: RecordLesion['impressions'];
}

/** Photos that are kept already, to which answers and impressions are added. */
const keptPhotos = ({ changes, impressions }: PreparedTarget): string[] =>
  [...changes.entries, ...impressions]
    .map(({ photoId }) => photoId)
    .filter((photoId) => !changes.photos.some(({ id }) => id === photoId));

async function prepare(cases: Cases, target: BatchTarget): Promise<Result<PreparedTarget>> {
  const lesion = { id: 'id' in target.lesion ? target.lesion.id : freshRecord().id };
  const changes: Written = { photos: [], images: [], entries: [], rasters: [] };
  const impressions: RecordLesion['impressions'] = [];
  const photoIds: string[] = [];
  for (const input of target.inputs) {
    const picture = await pictureOf(cases, lesion.id, input, changes.photos);
    if (!picture.ok) return picture;
    const { photoId, made } = picture.value;
    photoIds.push(photoId);
    if (made) {
      changes.photos.push(made.photo);
      changes.images.push(made.image);
    }
    if (input.impression) impressions.push({ ...input.impression, photoId });
    for (const whole of input.analyses) {
      const others = input.otherLesions?.[whole.provenance.packageId] ?? [];
      if (isKept(cases, { photoId, lesionId: lesion.id, analysis: whole, others })) continue;
      const base = freshRecord();
      const { analysis, rasters } = splitAnalysis(base.id, whole);
      const unasked = input.unaskedLesions?.[whole.provenance.packageId] ?? [];
      const beside = {
        ...(others.length > 0 && { otherLesions: [...others] }),
        ...(unasked.length > 0 && { unaskedLesions: [...unasked] }),
      };
      changes.entries.push({ ...base, photoId, lesionId: lesion.id, analysis, ...beside });
      changes.rasters.push(rasters);
    }
  }
  return success({ target, lesion, photoIds, changes, impressions });
}

interface Answer {
  photoId: string;
  lesionId: string;
  analysis: Analysis;
  others: readonly OtherLesion[];
}

/**
 * Whether the photo has this very answer already: it was opened out of the case, and not run again. Decided
 * at another threshold, or with word of other lesions that the case lacks, it is another one.
 */
function isKept(
  cases: Cases,
  { photoId, lesionId, analysis: { createdAt, provenance, decision }, others }: Answer,
): boolean {
  return cases.store
    .getState()
    .records.entries.some(
      ({ analysis, otherLesions = [], ...entry }) =>
        entry.photoId === photoId &&
        entry.lesionId === lesionId &&
        analysis.createdAt === createdAt &&
        analysis.provenance.packageHash === provenance.packageHash &&
        analysis.decision?.threshold === decision?.threshold &&
        analysis.decision?.wanted === decision?.wanted &&
        (others.length === 0 || JSON.stringify(others) === JSON.stringify(otherLesions)),
    );
}

/** All that is written, given the patients and lesions as they stand now. */
function changesFor(prepared: readonly PreparedTarget[], now: Records): Changes {
  const patients = new Map(now.patients.map((patient) => [patient.id, patient]));
  const byAlias = new Map<string, Patient>();
  const lesions = new Map(now.lesions.map((lesion) => [lesion.id, lesion]));
  const changed = new Map<string, Patient>();
  for (const { target, lesion, impressions } of prepared) {
    const { patient: whose, inputs } = target;
    const metadata = inputs[0]?.metadata ?? nothingKnown;
    const alias = whose && 'alias' in whose ? whose.alias : null;
    const known = whose && 'id' in whose ? patients.get(whose.id) : byAlias.get(alias ?? '');
    const patient =
      whose && patientOf(known ?? { ...blankPatient(freshRecord()), alias: alias ?? '' }, metadata);
    if (patient) {
      patients.set(patient.id, patient);
      changed.set(patient.id, patient);
      if (alias !== null) byAlias.set(alias, patient);
    }
    const blank = { ...blankLesion(freshRecord()), id: lesion.id };
    const named = lesionOf(target, lesions.get(lesion.id) ?? blank, patient, metadata);
    lesions.set(lesion.id, { ...named, impressions: [...named.impressions, ...impressions] });
  }
  const all = prepared.map(({ changes }) => changes);
  return {
    patients: [...changed.values()],
    lesions: [...lesions.values()],
    photos: all.flatMap(({ photos }) => photos),
    images: all.flatMap(({ images }) => images),
    entries: all.flatMap(({ entries }) => entries),
    rasters: all.flatMap(({ rasters }) => rasters),
  };
}

/** What was noted of a patient stays; what was open is filled in. */
function patientOf(known: Patient, { values: { age, sex } }: PatientMetadata): Patient {
  const unaged = known.age === null && known.birthYear === null;
  return {
    ...known,
    age: unaged && typeof age === 'number' ? age : known.age,
    sex: known.sex ?? (sex === 'female' || sex === 'male' || sex === 'other' ? sex : null),
  };
}

function lesionOf(
  { lesion }: CaseTarget,
  now: RecordLesion,
  patient: Patient | null,
  { values }: PatientMetadata,
): RecordLesion {
  const site = values[siteKey]?.toString() ?? null;
  const side = now.side ?? lesion.side ?? null;
  const named = 'label' in lesion ? { ...now, label: lesion.label } : now;
  return { ...named, side, site: now.site ?? site, patientId: now.patientId ?? patient?.id ?? null };
}

/** The photo that the lesion has already, or is about to have, or a new one. */
async function pictureOf(
  cases: Cases,
  lesionId: string,
  input: CaseEntryInput,
  others: readonly RecordPhoto[],
): Promise<Result<{ photoId: string; made: Awaited<ReturnType<typeof newPhoto>> | null }>> {
  const { image, name, width, height, source, takenAt, scale, dicom } = input;
  const about = { name: name.slice(0, 200), width, height, source, takenAt, scale, dicom };
  const made = await newPhoto(image, { ...about, lesionIds: [lesionId] });
  const stored = await cases.read((database) => database.photosByHash(made.photo.sha256));
  if (!stored.ok) return stored;
  const twin = [...stored.value, ...others].find(
    ({ deletedAt, lesionIds, sha256 }) =>
      deletedAt === null && lesionIds.includes(lesionId) && sha256 === made.photo.sha256,
  );
  return success(twin ? { photoId: twin.id, made: null } : { photoId: made.photo.id, made });
}
