import type { Analysis } from '../../../core/analysis';
import { type Result, success } from '../../../core/failure';
import { fromBase64 } from '../../../core/report/base64';
import type { AnalysisDocument } from '../../../core/report/json';
import { compareAnalyses, type Reproduction } from '../../../core/report/reproduction';
import { sha256 } from '../../../core/sha256';
import type { OpenPhoto } from '../../../engine/input/opener';
import type { RunOptions } from '../../../runtime/load-package';
import { readText } from '../../../runtime/read-text';
import { type AnalysisServices, runAnalysis } from '../../../runtime/run-analysis';

export interface Rerun {
  fresh: Analysis;
  reproduction: Reproduction;
  /** False where the photo given is not the file of then; its picture may be the same all the same. */
  sameFile: boolean;
}

/** The photo that a saved analysis brings along; null where it has none. */
export function photoIn({ photo }: AnalysisDocument): Blob | null {
  return photo.data === undefined ? null : new Blob([fromBase64(photo.data)], { type: photo.type });
}

const hashOf = async (file: Blob) => sha256(new Uint8Array(await file.arrayBuffer()));

/**
 * The first of the files that the analysis was made from, by its hash, as it is opened here; else null. Of a
 * DICOM or HEIC file it is the picture in it that was analysed.
 */
export async function photoAmong(
  files: readonly Blob[],
  { photo }: AnalysisDocument,
  open: OpenPhoto,
): Promise<Blob | null> {
  for (const file of files) {
    if ((await hashOf(file)) === photo.sha256) return file;
    const opened = await open(file);
    if (opened.ok && (await hashOf(opened.value.image)) === photo.sha256) return opened.value.image;
  }
  return null;
}

/**
 * Runs a saved analysis again, as it was run then: same part of the photo, same facts, same lesion drawn by
 * hand, same calibration, gate overruled or not.
 */
export async function runAgain(
  services: AnalysisServices,
  { analysis, photo }: AnalysisDocument,
  image: Blob,
  options: RunOptions,
): Promise<Result<Rerun>> {
  const { lesion, gate, modelMetadata, square, provenance, siteCalibration } = analysis;
  const drawnByHand = lesion?.segmenter === null ? lesion.mask : null;
  const result = await runAnalysis(
    services,
    image,
    {
      packageId: provenance.packageId,
      square,
      metadata: modelMetadata?.used,
      siteCalibrations: siteCalibration ? { [provenance.packageId]: siteCalibration } : {},
      segmenterId: lesion?.segmenter?.packageId ?? null,
      ...(drawnByHand ? { mask: drawnByHand } : {}),
      // A photo that drew itself was let through; the answer of then is what is asked for.
      overruleGate: gate?.overruled ?? true,
    },
    options,
  );
  if (!result.ok) return result;
  return success({
    fresh: result.value,
    reproduction: compareAnalyses(analysis, result.value),
    sameFile: (await hashOf(image)) === photo.sha256,
  });
}

/** Whether a file may be a session of another time. */
export const isArchiveFile = (file: File): boolean =>
  ['application/zip', 'application/x-zip-compressed'].includes(file.type) ||
  file.name.toLowerCase().endsWith('.zip');

export const isJsonFile = (file: File): boolean =>
  file.type === 'application/json' || file.name.toLowerCase().endsWith('.json');

/** Bytes of a saved analysis: the largest photo that is opened here, in base64, and room for the answer. */
const maxSavedBytes = 300 * 2 ** 20;

/** Reads a saved analysis; fails with "document-invalid" and "file-unreadable". */
export async function readSaved(file: Blob): Promise<Result<AnalysisDocument>> {
  const { parseDocument } = await import('../../../core/report/json');
  const text = await readText(file, maxSavedBytes, 'document-invalid');
  return text.ok ? parseDocument(text.value) : text;
}
