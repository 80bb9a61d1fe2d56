import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { decidedFor } from '../../../core/decision/threshold';
import { failure, type Result, success } from '../../../core/failure';
import { siteKey } from '../../../core/patient/body-sites';
import { settledAnswersOf } from '../../../runtime/run';
import { otherLesions, unaskedLesions } from './lesion-verdicts';
import { answerWaits, nothingKnown, type PatientContextState } from './patient-context';
import type { CaseEntryInput } from './save-to-case';
import type { Mark } from './triage-row';
import type { WorkbenchPhoto } from './workbench-photo';

const answersOf = ({ runs }: WorkbenchPhoto) => settledAnswersOf(Object.values(runs));

/**
 * The photos of these that can go into a case: those that are open, with an answer that may be seen, and not set
 * aside. The answers of an earlier session are here before its pictures are.
 */
export const savable = (
  photos: readonly WorkbenchPhoto[],
  context: PatientContextState,
  marks: Readonly<Record<string, readonly Mark[]>>,
): WorkbenchPhoto[] =>
  photos.filter(
    (photo) =>
      photo.url !== null &&
      answersOf(photo).length > 0 &&
      !answerWaits(context, photo.id) &&
      !marks[photo.id]?.includes('setAside'),
  );

/**
 * Each of these photos with its picture, by id: all of them, or "file-unreadable", for a case without the picture
 * would have lost it.
 */
export function picturesOf(
  ids: readonly string[],
  photos: readonly WorkbenchPhoto[],
  imageOf: (photoId: string) => Blob | null,
): Result<(photoId: string) => { photo: WorkbenchPhoto; image: Blob }> {
  const all = new Map<string, { photo: WorkbenchPhoto; image: Blob }>();
  for (const id of ids) {
    const photo = photos.find((photo) => photo.id === id);
    const image = imageOf(id);
    if (!photo || !image) return failure('file-unreadable');
    all.set(id, { photo, image });
  }
  return success((id) => all.get(id) as { photo: WorkbenchPhoto; image: Blob });
}

interface EntryDetails {
  takenAt: string;
  site?: string | null;
  cardOf: (packageId: string) => Card | undefined;
  /** That the user wants, 0 to 1; null for each card's own threshold. */
  sensitivity: number | null;
}

/**
 * A photo with all that goes into a case with it. `takenAt`: ISO 8601, UTC; `site`: the place, where nothing is
 * noted of it. Answers are kept as they are decided on the screen, at the sensitivity that is wanted: a flag that
 * was seen is in the case too. What was said of the other lesions goes along, decided alike, and which of them
 * have no answer.
 */
export function caseEntryOf(
  photo: WorkbenchPhoto,
  image: Blob,
  { metadata, impressions }: PatientContextState,
  { takenAt, cardOf, sensitivity, site = null }: EntryDetails,
): CaseEntryInput {
  const analyses = answersOf(photo).map((analysis) => {
    const card = cardOf(analysis.provenance.packageId);
    return card ? decidedFor(card, analysis, sensitivity) : analysis;
  });
  const [first] = analyses;
  const { values, fromFile } = metadata[photo.id] ?? nothingKnown;
  return {
    image,
    name: photo.name,
    width: first?.photo.width ?? 1,
    height: first?.photo.height ?? 1,
    source: photo.source,
    takenAt,
    scale: photo.scale,
    metadata: { fromFile, values: site === null ? values : { [siteKey]: site, ...values } },
    dicom: photo.dicom,
    impression: impressions[photo.id] ?? null,
    analyses,
    ...aboutLesions(photo, analyses, { cardOf, sensitivity }),
  };
}

/** By package id, what each says of the other lesions in the photo, and which have no answer. */
function aboutLesions(
  photo: WorkbenchPhoto,
  analyses: readonly Analysis[],
  { cardOf, sensitivity }: Pick<EntryDetails, 'cardOf' | 'sensitivity'>,
): Pick<CaseEntryInput, 'otherLesions' | 'unaskedLesions'> {
  const cards = analyses.flatMap(({ provenance: { packageId } }) => cardOf(packageId) ?? []);
  return {
    otherLesions: Object.fromEntries(cards.map((card) => [card.id, otherLesions(photo, card, sensitivity)])),
    unaskedLesions: Object.fromEntries(cards.map((card) => [card.id, unaskedLesions(photo, card)])),
  };
}
