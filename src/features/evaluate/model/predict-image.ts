import type { Analysis, LesionSearch, Provenance } from '../../../core/analysis';
import type { ImageAnswer, ModelAnswer } from '../../../core/evaluation/answer';
import { metadataFromRow } from '../../../core/evaluation/labels';
import type { PlannedImage } from '../../../core/evaluation/plan';
import { type Failure, failure } from '../../../core/failure';
import { typologyAngle } from '../../../core/image/skin-tone';
import { refusalReasons } from '../../../core/quality/gate';
import type { Raster } from '../../../core/raster';
import type { Engine } from '../../../engine/engine';
import type { MaskReader } from '../../../engine/input/mask-reader';
import type { OpenPhoto } from '../../../engine/input/opener';
import { failureKind } from '../../../runtime/failure-kind';
import { type AnalysisServices, runAnalyses } from '../../../runtime/run-analysis';
import type { Folder } from './folder';
import type { ReadSkin } from './skin-pixels';

export interface ImagePrediction {
  answer: ImageAnswer;
  /** By package id. */
  provenance: Record<string, Provenance>;
  /** What kept the engine from working at all: not this file's fault. */
  trouble: Failure | null;
}

/** What is not the fault of this file, and would befall the next one too. */
const isTrouble = (failure: Failure) => ['cancelled', 'lost', 'engine'].includes(failureKind(failure));

interface PredictionOptions {
  packageIds: string[];
  /** Whether outlines are looked for at all. */
  segment: boolean;
  /** Whether they are held against the true ones. */
  outlines: boolean;
  /** Who looks for them; null leaves it to the engine. */
  segmenterId: string | null;
}

/** The folder, and what reads the true outlines in it. */
interface Files {
  folder: Folder;
  masks: MaskReader;
  /** Reads what skin tone is measured on; null where nobody measures it. */
  readSkin: ReadSkin | null;
}

/**
 * Asks every model about one image of the folder, as a card was measured: the largest centred square, the
 * gate overruled, behind whatever the user does meanwhile. Nothing of the image is kept but the answers.
 */
export async function predictImage(
  { engine, runtime, open, masks, readSkin, folder }: AnalysisServices & Files & { open: OpenPhoto },
  image: PlannedImage,
  options: PredictionOptions,
  signal: AbortSignal,
): Promise<ImagePrediction> {
  const { packageIds, segment, outlines, segmenterId } = options;
  const file = await folder.open(image.path);
  if (!file) return failed(image, packageIds, failure('file-unreadable').failure);
  const opened = await open(file);
  if (!opened.ok) return failed(image, packageIds, opened.failure);
  if (packageIds.length === 0 && segmenterId !== null)
    return predictOutline(
      { engine, folder, masks, readSkin },
      image,
      opened.value.image,
      segmenterId,
      signal,
    );
  const results = await runAnalyses(
    { engine, runtime },
    opened.value.image,
    {
      packageIds,
      square: 'centre',
      overruleGate: true,
      background: true,
      // What is measured, and what a calibration of this site is fitted to, is the package's own.
      siteCalibrations: {},
      metadata: metadataFromRow(image),
      ...(segment ? (segmenterId === null ? {} : { segmenterId }) : { segmenterId: null }),
    },
    { signal },
  );
  const prediction: ImagePrediction = {
    answer: { path: image.path, answers: {}, ...noOutline },
    provenance: {},
    trouble: null,
  };
  const answers: Record<string, ModelAnswer> = {};
  for (const { packageId, answer } of results) {
    if (answer.ok) {
      prediction.provenance[packageId] = answer.value.provenance;
      answers[packageId] = {
        ok: true,
        probabilities: answer.value.probabilities.map(({ calibrated }) => calibrated),
        milliseconds: answer.value.timings.total,
        ...refusedBy(answer.value),
      };
    } else {
      if (isTrouble(answer.failure)) prediction.trouble = answer.failure;
      answers[packageId] = answer;
    }
  }
  prediction.answer.answers = answers;
  const whole = results.find(({ answer }) => answer.ok)?.answer;
  if (whole?.ok)
    Object.assign(prediction.answer, await skinTone(readSkin, opened.value.image, whole.value.lesion?.mask));
  if (outlines && image.mask !== null && whole?.ok) {
    const { lesion, degradations } = whole.value;
    const degradation = degradations.find(({ stage }) => stage === 'lesion');
    const compared = await compare({ folder, masks, readSkin }, image.mask, lesion, degradation?.failure);
    prediction.answer = { ...prediction.answer, ...compared };
  }
  return prediction;
}

/** Without any classifier: only the outline, looked for as beside one. */
async function predictOutline(
  { engine, ...files }: Files & { engine: Engine },
  image: PlannedImage,
  photo: Blob,
  segmenterId: string,
  signal: AbortSignal,
): Promise<ImagePrediction> {
  const found = await engine.findLesions(
    photo,
    { segmenterId, square: 'centre', background: true },
    { signal },
  );
  if (!found.ok) return failed(image, [], found.failure);
  const compared = image.mask === null ? noOutline : await compare(files, image.mask, found.value, undefined);
  return {
    answer: { path: image.path, answers: {}, ...compared },
    provenance: { [segmenterId]: found.value.provenance },
    trouble: null,
  };
}

/** Why the clinic would give no result; nothing where it would give one. */
function refusedBy({
  gate,
  outOfDistribution,
}: Pick<Analysis, 'gate' | 'outOfDistribution'>): Pick<ModelAnswer & { ok: true }, 'refused'> {
  const reasons = gate ? refusalReasons(gate) : [];
  if (outOfDistribution?.refused && !reasons.includes('distribution')) reasons.push('distribution');
  return reasons.length > 0 ? { refused: reasons } : {};
}

/** Of the skin beside the lesion, where one was looked for and found. */
async function skinTone(
  readSkin: ReadSkin | null,
  photo: Blob,
  lesion: Raster | null | undefined,
): Promise<Pick<ImageAnswer, 'typologyAngle'>> {
  if (!readSkin || !lesion) return {};
  const pixels = await readSkin(photo);
  return pixels ? { typologyAngle: typologyAngle(pixels, lesion) } : {};
}

const noOutline = { overlap: null, maskFailure: null };

/** Holds what was found against a file of the true outline. `why` there may be nothing to hold. */
async function compare(
  { folder, masks }: Files,
  mask: string,
  found: Pick<LesionSearch, 'mask'> | null,
  reason: Failure | undefined,
): Promise<Pick<ImageAnswer, 'overlap' | 'maskFailure'>> {
  const unread = { overlap: null, maskFailure: reason ?? failure('file-unreadable').failure };
  const file = await folder.open(mask);
  if (!file) return unread;
  const compared = await masks.overlap(file, found?.mask ?? null);
  if (!compared.ok) return { overlap: null, maskFailure: compared.failure };
  return found ? { overlap: compared.value, maskFailure: null } : unread;
}

function failed(image: PlannedImage, packageIds: string[], reason: Failure): ImagePrediction {
  return {
    answer: {
      path: image.path,
      answers: Object.fromEntries(packageIds.map((id) => [id, { ok: false, failure: reason }])),
      overlap: null,
      // Where nothing but an outline was asked for, it is what failed.
      maskFailure: packageIds.length === 0 ? reason : null,
    },
    provenance: {},
    trouble: isTrouble(reason) ? reason : null,
  };
}
