import type { Card } from '../../../core/card/card';
import { recommendedFor } from '../../../core/card/recommended';
import { localDay } from '../../../core/day';
import { urgencyOfAnalysis } from '../../../core/decision/urgency';
import { failure, type Result, success } from '../../../core/failure';
import type { Square } from '../../../core/geometry';
import { bodyPlaces, siteKey } from '../../../core/patient/body-sites';
import { siteGroups } from '../../../core/patient/patient-facts';
import type { Cases } from '../../../records/cases';
import {
  type AnalysisEntry,
  ageOn,
  joinAnalysis,
  type RecordLesion,
  type RecordPhoto,
  type Records,
} from '../../../records/record';
import { savedSpotTag } from '../../../records/saved-spot-tag';
import type { PatientMetadata } from './patient-context';
import type { PhotoOrigin } from './photo-origin';
import { type ReopenedPhoto, squaresWith } from './reopened-photo';
import { savedAs } from './saved-as';
import type { LesionSaid, ReopenedAnswers } from './workbench-photo';

/** The id that a stored photo has in the queue: opened twice, it is one photo. */
const queueIdOf = (photoId: string) => `record-${photoId}`;

/**
 * The model that a stored photo is shown by: the one of its newest answer, and of a photo of the self-check that has
 * none the one for photos taken with a phone, not the clinic's own first choice. Null leaves the choice as it is.
 */
export function modelFor({ photo, answers }: ReopenedPhoto, { lesions }: Records, cards: readonly Card[]) {
  const answered = answers?.analyses[0]?.provenance.packageId;
  if (answered !== undefined) return answered;
  const lesion = lesions.find(({ id }) => id === photo.origin?.lesionId);
  return lesion?.tags.includes(savedSpotTag) ? (recommendedFor(cards, 'phone')?.id ?? null) : null;
}

/**
 * A photo of a case as it is kept, with what is known of its patient and the newest answer of each package.
 * Fails with "record-gone" where it was deleted, and as the storage does.
 */
export async function storedPhoto(cases: Cases, photoId: string): Promise<Result<ReopenedPhoto>> {
  if (cases.store.getState().state !== 'ready') {
    const loaded = await cases.load();
    if (!loaded.ok) return loaded;
  }
  const { records } = cases.store.getState();
  const photo = records.photos.find(({ id }) => id === photoId);
  const entries = records.entries.filter((entry) => entry.photoId === photoId);
  const stored = await cases.read(async (database) => ({
    file: await database.image(photoId),
    rasters: await Promise.all(entries.map(({ id }) => database.rasters(id))),
  }));
  if (!stored.ok) return stored;
  const { file, rasters } = stored.value;
  if (!photo || !file) return failure('record-gone');
  const whole = entries.map((entry, index) => joinAnalysis(entry, rasters[index] ?? null));
  const answers = newestOf(entries, whole);
  const said = saidIn(entries, answers);
  const impression = records.lesions
    .filter(({ id }) => photo.lesionIds.includes(id))
    .flatMap(({ impressions }) => impressions)
    .findLast((noted) => noted.photoId === photoId);
  const site = siteGroups.find((group) => group === photo.dicom?.site) ?? null;
  const lesion = lesionOf(records, photo);
  return success({
    photo: {
      id: queueIdOf(photoId),
      name: photo.name,
      bytes: photo.bytes,
      source: photo.source,
      synthetic: photo.source === 'synthetic',
      dicom: photo.dicom && { ...photo.dicom, site },
      ...drawnIn(answers, said),
      lesionsSaid: said,
      lines: [],
      scale: photo.scale,
      origin: lesion && originIn(lesion, photo),
      saved: lesion && savedAs(lesion.id, photoId, records),
    },
    file,
    answers,
    notes: {
      metadata: factsOf(records, photo),
      impression: impression
        ? {
            label: impression.label,
            recordedAt: impression.recordedAt,
            beforeAnswer: impression.beforeAnswer,
          }
        : null,
      passed: false,
    },
    marks: [],
  });
}

type Whole = ReturnType<typeof joinAnalysis>;

/**
 * The newest answer of each package is the photo's; those of other squares are of other lesions in it. Of one that was
 * kept at several thresholds it is the one with a flag.
 */
function newestOf(entries: readonly AnalysisEntry[], whole: readonly Whole[]): ReopenedAnswers {
  const order = entries
    .map((entry, index) => ({ at: entry.createdAt, analysis: whole[index] as Whole }))
    .sort((a, b) => b.at.localeCompare(a.at));
  const analyses = new Map<string, Whole>();
  const lesions = new Map<string, Whole>();
  for (const { analysis } of order) {
    const { packageId } = analysis.provenance;
    const place = `${packageId} ${placeOf(analysis.square)}`;
    const first = analyses.get(packageId);
    const again = first && first.createdAt === analysis.createdAt;
    if (!first || (again && urgencyOfAnalysis(analysis) > urgencyOfAnalysis(first)))
      analyses.set(packageId, analysis);
    else if (placeOf(first.square) !== placeOf(analysis.square) && !lesions.has(place))
      lesions.set(place, analysis);
  }
  return { analyses: [...analyses.values()], lesions: [...lesions.values()] };
}

/** What was said of other lesions beside the answers that are the photo's. */
const saidIn = (entries: readonly AnalysisEntry[], { analyses }: ReopenedAnswers): LesionSaid[] =>
  analyses.flatMap(({ createdAt, provenance: { packageId } }) => {
    const entry = entries.find(
      ({ analysis, otherLesions }) =>
        otherLesions && analysis.createdAt === createdAt && analysis.provenance.packageId === packageId,
    );
    return (entry?.otherLesions ?? []).map((lesion) => ({ packageId, lesion }));
  });

const placeOf = ({ left, top, side }: Square) => `${left} ${top} ${side}`;

/** The outline drawn by hand that the newest answer was given with, and whether the input check was overruled. */
function drawnIn({ analyses, lesions }: ReopenedAnswers, said: readonly LesionSaid[]) {
  const [newest] = analyses;
  const raster = newest?.lesion?.segmenter === null ? newest.lesion.mask : null;
  return {
    square: lesions.length > 0 && newest ? newest.square : null,
    squares: squaresWith(
      lesions.length > 0 ? [...analyses, ...lesions].map(({ square }) => square) : [],
      analyses,
      said.map(({ lesion }) => lesion),
    ),
    outlines: [],
    mask: newest && raster ? { of: newest.square, raster, edits: [] } : null,
    overruled: newest?.gate?.overruled ?? false,
  };
}

const lesionOf = ({ lesions }: Records, { lesionIds }: RecordPhoto) =>
  lesions.find(({ id }) => lesionIds.includes(id)) ?? null;

/**
 * Of when and of what place it is, as its case has it: saved again, it goes to the same lesion. Whose it is, the case
 * itself says (`saved`): a name that was taken over would outlive a new one, and a delete. The day and side of
 * a DICOM photo count as said by its file: what the case took over is no longer told apart.
 */
function originIn(lesion: RecordLesion, { takenAt, dicom }: RecordPhoto): PhotoOrigin {
  const { id: lesionId, site, side } = lesion;
  return {
    patient: null,
    day: localDay(new Date(takenAt)),
    site: bodyPlaces.find((place) => place === site) ?? null,
    side: side === 'middle' ? null : side,
    lesion: null,
    lesionId,
    ...(dicom && { fromFile: ['day', 'side'] as const }),
  };
}

/** What is known of the patient on the day of the photo. What a DICOM file said is marked as said by it. */
function factsOf(records: Records, photo: RecordPhoto): PatientMetadata {
  const lesion = lesionOf(records, photo);
  const patient = records.patients.find(({ id }) => id === lesion?.patientId);
  const facts = {
    age: patient && ageOn(patient, photo.takenAt),
    sex: patient?.sex,
    [siteKey]: lesion?.site,
  };
  const values = Object.fromEntries(
    Object.entries(facts).flatMap(([id, value]) =>
      value === null || value === undefined ? [] : [[id, value]],
    ),
  );
  const said = photo.dicom ? { age: photo.dicom.age, sex: photo.dicom.sex, [siteKey]: photo.dicom.site } : {};
  return {
    values,
    fromFile: Object.entries(said).flatMap(([id, value]) => (value !== null && id in values ? [id] : [])),
  };
}
