import type { Analysis } from '../../../core/analysis';
import type { Failure } from '../../../core/failure';
import { distinctSquares, type Square, sameSquare } from '../../../core/geometry';
import { type Edit, flip } from '../../../core/lesion/draw';
import type { Raster } from '../../../core/raster';
import type { AnalyseRequest } from '../../../engine/engine';
import type { DicomMetadata } from '../../../engine/input/dicom-metadata';
import type { Run } from '../../../runtime/run';

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
  /** An object URL, alive as long as the photo is on the workbench; null while the file is being opened, and where it could not be. */
  url: string | null;
  /** Why the file could not be opened. */
  unopened: Failure | null;
  /** What a DICOM file says beside its picture. */
  dicom: DicomMetadata | null;
  /** Squares that the user keeps for further lesions in the photo. */
  squares: readonly Square[];
  /** Outlines drawn for lesions that are not looked at now. */
  outlines: readonly DrawnMask[];
  /** By package id: several packages can answer for one photo. */
  runs: Readonly<Record<string, Run>>;
  /** What was said of the single lesions of a photo with several, by `lesionKey`, as far as they still hold. */
  lesionRuns: Readonly<Record<string, Run>>;
}

export interface NewWorkbenchPhoto {
  file: Blob;
  name: string;
  source: PhotoSource;
}

export function newWorkbenchPhoto(id: string, { file, name, source }: NewWorkbenchPhoto): WorkbenchPhoto {
  return {
    id,
    name,
    bytes: file.size,
    source,
    synthetic: source === 'synthetic',
    url: null,
    unopened: null,
    dicom: null,
    squares: [],
    outlines: [],
    square: null,
    mask: null,
    scale: null,
    // A picture that our own code drew is no photo: the gate need not like it.
    overruled: source === 'synthetic',
    runs: {},
    lesionRuns: {},
  };
}

/** What the engine is asked about a photo as the user wants it looked at. */
export function requestFor({
  square,
  mask,
  scale,
  overruled,
}: AnalysisOverrides): Omit<AnalyseRequest, 'packageId'> {
  return {
    scale,
    overruleGate: overruled,
    ...(square && { square }),
    ...(mask && { mask: mask.raster }),
  };
}

export const squareKey = ({ left, top, side }: Square) => `${left},${top},${side}`;
export const lesionKey = (packageId: string, square: Square) => `${packageId} ${squareKey(square)}`;

/**
 * The squares of all lesions in a photo: those that the user kept, then those around the lesions found. Numbered from 1, so that a number
 * stays with its lesion; one that is outlined by hand keeps the square that it had.
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

/** What a package says of one lesion: what stands now where that one is looked at, else what it said before; undefined where it was not asked. */
export function lesionRunOf(photo: WorkbenchPhoto, packageId: string, square: Square): Run | undefined {
  const run = photo.runs[packageId];
  const before = photo.lesionRuns[lesionKey(packageId, square)];
  const at = run?.state === 'done' ? run.analysis.square : photo.square;
  if (!run || !at || !sameSquare(at, square)) return before;
  // The previous answer of a run that is under way may be that of another square.
  return run.state === 'running' ? (before ?? { ...run, previous: null }) : run;
}

/** `lesionRuns` with the answers that stand now: before another square is looked at. */
export function withStandingAnswers(photo: WorkbenchPhoto): WorkbenchPhoto['lesionRuns'] {
  const standing = Object.entries(photo.runs).flatMap(([packageId, run]) => {
    if (run.state !== 'done') return [];
    const { square } = run.analysis;
    const numbered = lesionSquares(photo, run.analysis).some((lesion) => sameSquare(lesion.square, square));
    return numbered ? [[lesionKey(packageId, square), run] as const] : [];
  });
  return { ...photo.lesionRuns, ...Object.fromEntries(standing) };
}

/** The mask after one more pull of the brush. */
export function withStroke(mask: DrawnMask, edit: Edit): DrawnMask {
  return { ...mask, raster: flip(mask.raster, edit), edits: [...mask.edits, edit] };
}

/** The mask before the last pull; as it is where there was none. */
export function withoutLastStroke(mask: DrawnMask): DrawnMask {
  const last = mask.edits.at(-1);
  return last ? { ...mask, raster: flip(mask.raster, last), edits: mask.edits.slice(0, -1) } : mask;
}
