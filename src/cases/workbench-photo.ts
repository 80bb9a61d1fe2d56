import type { Analysis, Raster, Square } from '../core/analysis';
import type { Failure } from '../core/failure';
import { type Edit, flip } from '../core/mask/draw';
import type { AnalyseRequest, Progress } from '../engine/engine';
import type { DicomFacts } from '../engine/input/dicom-facts';

/** One package's answer for one photo, or how far it is. */
export type Run =
  /** `progress` is null while it waits for its turn; `previous` is the answer that it is about to replace. */
  | { state: 'running'; progress: Progress | null; previous?: Analysis | null }
  | { state: 'done'; analysis: Analysis }
  | { state: 'failed'; failure: Failure };

export type PhotoSource = 'file' | 'camera' | 'paste' | 'dicom' | 'heic' | 'synthetic';

/** A lesion's mask as the user corrects it, with the pulls of the brush that can be taken back. */
export interface DrawnMask {
  raster: Raster;
  edits: readonly Edit[];
}

/** What the user asks of a photo beyond the photo itself. A change makes every answer for it run again. */
export interface Look {
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
export interface Photo extends Look {
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
  dicom: DicomFacts | null;
  /** Squares that the user keeps for further lesions in the photo. */
  squares: readonly Square[];
  /** By package id: several packages can answer for one photo. */
  runs: Readonly<Record<string, Run>>;
}

export interface NewPhoto {
  file: Blob;
  name: string;
  source: PhotoSource;
}

export function newPhoto(id: string, { file, name, source }: NewPhoto): Photo {
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
    square: null,
    mask: null,
    scale: null,
    // A picture that our own code drew is no photo: the gate need not like it.
    overruled: source === 'synthetic',
    runs: {},
  };
}

/** What the engine is asked about a photo as the user wants it looked at. */
export function requestFor({ square, mask, scale, overruled }: Look): Omit<AnalyseRequest, 'packageId'> {
  return {
    scale,
    overruleGate: overruled,
    ...(square && { square }),
    ...(mask && { mask: mask.raster }),
  };
}

/** The answer that stands, be it that a newer one is on its way. */
export function answerOf(run: Run | undefined): Analysis | null {
  if (run?.state === 'done') return run.analysis;
  return run?.state === 'running' ? (run.previous ?? null) : null;
}

/** The mask after one more pull of the brush. */
export function drawnOn({ raster, edits }: DrawnMask, edit: Edit): DrawnMask {
  return { raster: flip(raster, edit), edits: [...edits, edit] };
}

/** The mask before the last pull; as it is where there was none. */
export function undrawn(mask: DrawnMask): DrawnMask {
  const last = mask.edits.at(-1);
  return last ? { raster: flip(mask.raster, last), edits: mask.edits.slice(0, -1) } : mask;
}
