import type { Analysis } from '../../../core/analysis';
import type { Failure } from '../../../core/failure';
import { distinctSquares, type Line, type Square, sameSquare } from '../../../core/geometry';
import { type Edit, flip } from '../../../core/lesion/draw';
import type { MetadataValues } from '../../../core/patient/metadata';
import type { SavedAs } from '../../../core/patient/photo-origin';
import type { Raster } from '../../../core/raster';
import type { OtherLesion } from '../../../core/report/other-lesions';
import type { AnalyseRequest } from '../../../engine/engine';
import type { DicomMetadata } from '../../../engine/input/dicom-metadata';
import { answerOf, type Run, settledAnswerOf } from '../../../runtime/run';
import { originOf, type PhotoOrigin, restoredOrigin } from './photo-origin';

/**
 * A photo's lesions are answered for by themselves up to this many, the others on demand: a rash may have a
 * hundred.
 */
export const maxLesions = 8;

export type PhotoSource = 'file' | 'camera' | 'paste' | 'dicom' | 'heic' | 'synthetic';

/** A lesion's mask as the user corrects it, with the pulls of the brush that can be taken back. */
export interface DrawnMask {
  /** The lesion that it outlines, by the square that was looked at. */
  of: Square;
  raster: Raster;
  edits: readonly Edit[];
}

/** What the user asks of a photo beyond the photo itself. A change makes every answer for it run again. */
export interface AnalysisOverrides {
  /** Where the model is to look; null leaves it to the engine. */
  square: Square | null;
  /** The user's own mask; null leaves it to the segmenter. */
  mask: DrawnMask | null;
  /** Millimetres a pixel of the photo. */
  scale: number | null;
  /** The user went on with a photo that the input gate had turned away. */
  overruled: boolean;
}

/** A photo on the workbench. Plain data; its bytes are kept beside the store, behind `url`. */
export interface WorkbenchPhoto extends AnalysisOverrides {
  id: string;
  /** The file's name, or a made-up one for a pasted photo. */
  name: string;
  bytes: number;
  source: PhotoSource;
  /** True for a picture that our own code drew: it shows no person. */
  synthetic: boolean;
  /**
   * An object URL, alive as long as the photo is on the workbench; null while the file is being opened, and
   * where it could not be.
   */
  url: string | null;
  /** Why the file could not be opened. */
  unopened: Failure | null;
  /** What a DICOM file says beside its picture. */
  dicom: DicomMetadata | null;
  /** What file, folder and DICOM tags say of whose photo it is; only proposed. */
  origin: PhotoOrigin;
  /** The case that it was saved to; null before it is. */
  saved: SavedAs | null;
  /** Squares that the user keeps for further lesions in the photo. */
  squares: readonly Square[];
  /** Outlines drawn for lesions that are not looked at now. */
  outlines: readonly DrawnMask[];
  /** Measuring lines, in pixels of the photo. */
  lines: readonly Line[];
  /** By package id: several packages can answer for one photo. */
  runs: Readonly<Record<string, Run>>;
  /** The answers for single lesions of a photo with several, as long as they hold. */
  lesionRuns: readonly LesionRun[];
  /**
   * What was said of single lesions at another time, where a file has only that of the answers. As long as it
   * holds, it stands in for an answer that is not there.
   */
  lesionsSaid: readonly LesionSaid[];
}

/** What a package said of a lesion of a photo. */
export interface LesionSaid {
  packageId: string;
  lesion: OtherLesion;
}

/** One package's answer for one lesion of a photo. */
export interface LesionRun {
  packageId: string;
  square: Square;
  run: Run;
}

export interface NewWorkbenchPhoto {
  file: Blob;
  name: string;
  /** The folders that it came in, with forward slashes; without it, none are known. */
  folder?: string;
  source: PhotoSource;
  /** The lesion in the records that it is brought for. */
  lesionId?: string | null;
}

/** A photo and the bytes that it is made of. */
export interface PhotoWithFile {
  photo: WorkbenchPhoto;
  file: Blob;
}

export function newWorkbenchPhoto(
  id: string,
  { file, name, folder = '', source, lesionId }: NewWorkbenchPhoto,
): WorkbenchPhoto {
  return {
    id,
    name,
    bytes: file.size,
    source,
    synthetic: source === 'synthetic',
    url: null,
    unopened: null,
    dicom: null,
    origin: originOf(`${folder}/${name}`, lesionId),
    saved: null,
    squares: [],
    outlines: [],
    lines: [],
    square: null,
    mask: null,
    scale: null,
    // A picture that our own code drew is no photo: the gate need not like it.
    overruled: source === 'synthetic',
    runs: {},
    lesionRuns: [],
    lesionsSaid: [],
  };
}

/** What of a photo outlives the page for a time (`session/session.ts`), beside its answers. */
export type RestoredPhoto = Omit<
  WorkbenchPhoto,
  'url' | 'unopened' | 'runs' | 'lesionRuns' | 'origin' | 'saved'
> & {
  /** Absent or null where it was not kept: then its name says what it can. */
  origin?: PhotoOrigin | null | undefined;
  saved?: SavedAs | null | undefined;
};

export interface RestoredFile {
  photo: RestoredPhoto;
  file: Blob;
  /** Without it, the photo has no answers yet. */
  answers?: ReopenedAnswers;
}

/** What it keeps of itself, field by field: what was read may hold more than a photo does. */
const restoredFields = [
  'bytes',
  'synthetic',
  'dicom',
  'squares',
  'outlines',
  'lines',
  'lesionsSaid',
  'square',
  'mask',
  'scale',
  'overruled',
] as const satisfies readonly (keyof RestoredPhoto)[];

export function restoredPhoto({ photo, file, answers = noAnswers }: RestoredFile): PhotoWithFile {
  const { id, name, source } = photo;
  const kept = Object.fromEntries(restoredFields.map((field) => [field, photo[field]]));
  return {
    photo: {
      ...newWorkbenchPhoto(id, { file, name, source }),
      ...kept,
      origin: restoredOrigin(photo.origin, name),
      saved: photo.saved ?? null,
      ...reopenedRuns(answers),
    },
    file,
  };
}

/** Answers of then that are shown as they were, until they are run again. */
export interface ReopenedAnswers {
  /** For the photo as it was looked at, one a package. */
  analyses: readonly Analysis[];
  /** For single lesions of a photo with several, by the square that each is about. */
  lesions: readonly Analysis[];
}

export const noAnswers: ReopenedAnswers = { analyses: [], lesions: [] };

function reopenedRuns({ analyses, lesions }: ReopenedAnswers): Pick<WorkbenchPhoto, 'runs' | 'lesionRuns'> {
  const run = (analysis: Analysis): Run => ({ state: 'done', analysis, reopened: true });
  return {
    runs: Object.fromEntries(analyses.map((analysis) => [analysis.provenance.packageId, run(analysis)])),
    lesionRuns: lesions.map((analysis) => ({
      packageId: analysis.provenance.packageId,
      square: analysis.square,
      run: run(analysis),
    })),
  };
}

/**
 * What the engine is to do with a photo as the user wants it looked at; `metadata` is what is known of the
 * patient.
 */
export function requestFor(
  { square, mask, scale, overruled }: AnalysisOverrides,
  metadata: MetadataValues,
): Omit<AnalyseRequest, 'packageId'> {
  return {
    scale,
    metadata,
    overruleGate: overruled,
    ...(square && { square }),
    ...(mask && { mask: mask.raster }),
  };
}

/**
 * The squares of all lesions in a photo: those that the user kept, then those around the lesions found.
 * Numbered from 1, so that a number stays with its lesion; one that is outlined by hand keeps the square that
 * it had.
 */
export function lesionSquares(
  { squares, mask }: Pick<WorkbenchPhoto, 'squares' | 'mask'>,
  analysis: Analysis | null,
): { number: number; square: Square }[] {
  const known = mask !== null && squares.some((square) => sameSquare(square, mask.of));
  const redrawn = known && analysis?.lesion?.segmenter === null;
  const found = redrawn ? [] : (analysis?.lesion?.lesions.map(({ square }) => square) ?? []);
  return distinctSquares([...squares, ...found]).map((square, index) => ({ number: index + 1, square }));
}

/**
 * A package's run for one lesion: the photo's own run if it is about this lesion, else the lesion's;
 * undefined if there is none.
 */
export function lesionRunOf(photo: WorkbenchPhoto, packageId: string, square: Square): Run | undefined {
  const run = photo.runs[packageId];
  const ofLesion = photo.lesionRuns.find((other) => isRunOf(other, packageId, square))?.run;
  const settled = settledAnswerOf(run);
  if (settled && sameSquare(settled.square, square)) return run;
  if (!run || run.state === 'done' || !photo.square || !sameSquare(photo.square, square)) return ofLesion;
  // The previous answer of a run that is under way, or has failed, may be that of another square.
  const { previous: _, ...own } = run;
  return ofLesion ?? own;
}

/** What a package said of a lesion at another time, of which it has no answer now; undefined if it said nothing. */
export function lesionSaidOf(
  photo: WorkbenchPhoto,
  packageId: string,
  square: Square,
): OtherLesion | undefined {
  if (answerOf(lesionRunOf(photo, packageId, square))) return undefined;
  return photo.lesionsSaid.find(
    (said) => said.packageId === packageId && sameSquare(said.lesion.square, square),
  )?.lesion;
}

/** The lesions' runs with this one in the place of an older one. */
export function withLesionRun(runs: readonly LesionRun[], added: LesionRun): LesionRun[] {
  return [...runs.filter((other) => !isRunOf(other, added.packageId, added.square)), added];
}

/**
 * The lesions' runs with the photo's own answers among them, so that they survive a move to another square.
 */
export function withOwnAnswers(photo: WorkbenchPhoto): readonly LesionRun[] {
  return Object.entries(photo.runs).reduce((lesionRuns, [packageId, run]) => {
    const analysis = settledAnswerOf(run);
    if (!analysis) return lesionRuns;
    const { square } = analysis;
    // Where the run failed, the lesion may have kept this answer already.
    const kept = run.state === 'failed' && lesionRuns.some((other) => isRunOf(other, packageId, square));
    const numbered = lesionSquares(photo, analysis).some((lesion) => sameSquare(lesion.square, square));
    return numbered && !kept ? withLesionRun(lesionRuns, { packageId, square, run }) : lesionRuns;
  }, photo.lesionRuns);
}

const isRunOf = (run: LesionRun, packageId: string, square: Square) =>
  run.packageId === packageId && sameSquare(run.square, square);

/** The mask after one more pull of the brush. */
export function withStroke(mask: DrawnMask, edit: Edit): DrawnMask {
  return { ...mask, raster: flip(mask.raster, edit), edits: [...mask.edits, edit] };
}

/** The mask before the last pull; as it is where there was none. */
export function withoutLastStroke(mask: DrawnMask): DrawnMask {
  const last = mask.edits.at(-1);
  return last ? { ...mask, raster: flip(mask.raster, last), edits: mask.edits.slice(0, -1) } : mask;
}
