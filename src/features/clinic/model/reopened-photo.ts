import type { Analysis } from '../../../core/analysis';
import { mostFlagging } from '../../../core/decision/threshold';
import { distinctSquares, type Square, sameSquare } from '../../../core/geometry';
import { isSite, siteKey } from '../../../core/patient/body-sites';
import type { AnalysisDocument } from '../../../core/report/json';
import type { AnalysisNotes } from '../../../core/report/notes-schema';
import type { OtherLesion } from '../../../core/report/other-lesions';
import type { Runtime } from '../../../runtime/runtime';
import type { KeptNotes, PatientContext, PatientContextState } from './patient-context';
import { nothingKnown } from './patient-context';
import { saidByFile } from './saved-as';
import type { Triage } from './triage';
import type { Mark } from './triage-row';
import type { RestoredFile, WorkbenchPhoto } from './workbench-photo';
import type { Workbench } from './workbench-state';

/**
 * A photo of another time with all that was drawn, noted and answered then: out of a saved analysis, of a
 * session's file, or of a case. The work on it goes on where it ended.
 */
export interface ReopenedPhoto extends RestoredFile {
  notes: KeptNotes;
  marks: readonly Mark[];
}

interface Places {
  workbench: Pick<Workbench, 'store' | 'restore' | 'choosePackage' | 'setSensitivity'>;
  patientContext: Pick<PatientContext, 'restore'>;
  triage: Pick<Triage, 'restore'>;
  runtime: Pick<Runtime, 'card'>;
}

/**
 * Puts photos into the queue as they were. `packageId`: the one whose answers are to be seen; it is chosen where
 * this copy has it. A photo that is in the queue already is only selected. Of the sensitivities that photos and queue
 * were decided at, the one that flags the most is taken: no photo loses the flag that it had. `sensitivity`: the one
 * of a session; where it is left out, the answers say what was asked for.
 */
export function takeReopened(
  { workbench, patientContext, triage, runtime }: Places,
  photos: readonly ReopenedPhoto[],
  { selectedId, packageId, sensitivity }: Shown,
): void {
  const before = workbench.store.getState();
  const there = new Set(before.photos.map(({ id }) => id));
  const added = photos.filter(({ photo }) => !there.has(photo.id));
  for (const { photo, notes } of added) patientContext.restore(photo.id, notes);
  triage.restore(Object.fromEntries(added.map(({ photo, marks }) => [photo.id, marks])));
  workbench.restore(added, selectedId);
  const card = packageId === null ? undefined : runtime.card(packageId);
  if (card) workbench.choosePackage(card.id);
  const asked = sensitivity === undefined ? added.flatMap(askedIn) : added.length > 0 ? [sensitivity] : [];
  const wanted = before.photos.length > 0 ? [before.sensitivity, ...asked] : asked;
  if (wanted.length > 0) workbench.setSensitivity(mostFlagging(wanted, card));
}

/** What is to be seen of them. */
export interface Shown {
  selectedId: string | null;
  packageId: string | null;
  sensitivity?: number | null | undefined;
}

const askedIn = ({ answers }: ReopenedPhoto) =>
  [...(answers?.analyses ?? []), ...(answers?.lesions ?? [])].flatMap(({ decision }) =>
    decision ? [decision.wanted] : [],
  );

/** What goes into a file beside an answer, so that `reopenedFrom` brings it back. */
export function notesOf(
  { id, square, squares, scale, lines, origin, saved, synthetic }: WorkbenchPhoto,
  { metadata, impressions }: Pick<PatientContextState, 'metadata' | 'impressions'>,
  marks: readonly Mark[],
): AnalysisNotes {
  const { values, fromFile, fromName } = metadata[id] ?? nothingKnown;
  return {
    square,
    squares: [...squares],
    scale,
    lines: [...lines],
    marks: [...marks],
    metadata: { ...values },
    impression: impressions[id] ?? null,
    ...(fromFile.length > 0 && { fromFile }),
    ...(fromName && { fromName }),
    origin: { ...origin, lesionId: saved?.lesionId ?? origin.lesionId },
    ...(synthetic && { synthetic }),
    ...(saved?.photoId && { photoId: saved.photoId }),
  };
}

/** The photo of a saved analysis. `image`: the file that it was made from. */
export function reopenedFrom(saved: AnalysisDocument, image: Blob): ReopenedPhoto {
  const { analysis, photo, notes, otherLesions = [], case: names } = saved;
  const { lesion, gate, square, provenance } = analysis;
  const drawn = lesion?.segmenter === null ? lesion.mask : null;
  return {
    photo: {
      id: crypto.randomUUID(),
      name: photo.name ?? '',
      bytes: image.size,
      source: notes?.synthetic ? 'synthetic' : 'file',
      synthetic: notes?.synthetic ?? false,
      dicom: null,
      squares: squaresWith(notes?.squares ?? [], [analysis], otherLesions),
      lesionsSaid: otherLesions.map((lesion) => ({ packageId: provenance.packageId, lesion })),
      outlines: [],
      lines: notes?.lines ?? [],
      // A file without notes does not say who chose the square; the model is to look there again.
      square: notes ? notes.square : square,
      mask: drawn && { of: square, raster: drawn, edits: [] },
      scale: notes?.scale ?? null,
      origin: notes?.origin ?? null,
      saved: names
        ? saidByFile({
            ...names,
            lesionId: notes?.origin?.lesionId ?? null,
            photoId: notes?.photoId ?? null,
          })
        : null,
      // A photo that drew itself had no input check.
      overruled: gate?.overruled ?? true,
    },
    file: image,
    answers: { analyses: [analysis], lesions: [] },
    notes: {
      metadata: {
        values: notes?.metadata ?? factsOf(analysis),
        fromFile: notes?.fromFile ?? [],
        ...(notes?.fromName && { fromName: notes.fromName }),
      },
      impression: notes?.impression ?? null,
      passed: false,
    },
    marks: notes?.marks ?? [],
  };
}

/**
 * The squares that a photo keeps, with those of lesions that something was said of and that no answer found: each
 * is to be on the photo, and to be reached.
 */
export function squaresWith(
  kept: readonly Square[],
  analyses: readonly Analysis[],
  said: readonly OtherLesion[],
): Square[] {
  const found = analyses.flatMap(({ lesion }) => lesion?.lesions.map(({ square }) => square) ?? []);
  const missing = said
    .map(({ square }) => square)
    .filter((square) => !found.some((other) => sameSquare(other, square)));
  return distinctSquares([...kept, ...missing]);
}

/** What the model was told, as the clinic notes it: the place on the body under its own name too. */
function factsOf({ modelMetadata }: Analysis): Record<string, string | number> {
  const used = modelMetadata?.used ?? {};
  const site = Object.values(used).find((value) => typeof value === 'string' && isSite(value));
  return site === undefined ? used : { ...used, [siteKey]: site };
}
