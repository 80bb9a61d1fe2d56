import type { Analysis } from '../../../core/analysis';
import { type Failure, failure, type Result } from '../../../core/failure';
import { afterAwake } from '../../../engine/awake-timer';
import type { Engine } from '../../../engine/engine';
import type { AnswersInput } from '../../../engine/import/answers';
import type { ImportFault, ModelImporter } from '../../../engine/import/importer';

/** Of the package as which a model is tried. It is never among the packages that a user chooses from. */
export const trialId = 'lentigo-trial';

/** A large network on one thread takes some 20 seconds to load. */
const defaultLimitMs = 120_000;

/** A model that runs in an engine of its own, before it is added. */
export interface ImportTrial {
  /** What it answers to the golden sample. */
  golden: number[];
  /** The back end that it runs on. */
  backend: 'webgpu' | 'wasm';
  analyse(photo: Blob, signal?: AbortSignal): Promise<Result<Analysis>>;
  /** Takes the package of the trial away and ends its engine. */
  close(): Promise<void>;
}

export type TrialTrouble = { fault: ImportFault } | { failure: Failure };
export type OpenedTrial = { ok: true; trial: ImportTrial } | { ok: false; trouble: TrialTrouble };

/**
 * Makes a package of the model that was read last, takes it into an engine of its own with all the checks of
 * an added package, and asks it about the golden sample. What hangs is ended at the limit.
 */
export async function openImportTrial(
  importer: Pick<ModelImporter, 'make'>,
  answers: AnswersInput,
  openEngine: () => Engine,
  limitMs = defaultLimitMs,
): Promise<OpenedTrial> {
  const made = await importer.make({ ...answers, id: trialId }, null);
  if (!made.ok) return { ok: false, trouble: { fault: made.fault } };
  const engine = openEngine();
  const close = async () => {
    await Promise.race([engine.removePackage(trialId), pause(2000)]);
    engine.close();
  };
  let stop = () => {};
  const late = new Promise<{ ok: false; failure: Failure }>((resolve) => {
    const problem = `no answer within ${limitMs / 1000} seconds`;
    stop = afterAwake(limitMs, () => resolve(failure('added-broke', { problem })));
  });
  try {
    const added = await Promise.race([engine.addPackage(made.value.files), late]);
    const tested = added.ok ? await Promise.race([engine.selfTest(trialId), late]) : added;
    if (tested.ok && tested.value.answer.every(Number.isFinite)) {
      const { answer: golden, backend } = tested.value;
      const analyse: ImportTrial['analyse'] = (photo, signal) =>
        engine.analyse(
          photo,
          {
            packageId: trialId,
            segmenterId: null,
            overruleGate: true,
            square: 'centre',
            siteCalibrations: {},
          },
          signal ? { signal } : {},
        );
      return { ok: true, trial: { golden, backend: backend.name, analyse, close } };
    }
    await close();
    const broken = failure('added-broke', { problem: 'it answers no numbers' });
    return { ok: false, trouble: { failure: tested.ok ? broken.failure : tested.failure } };
  } finally {
    stop();
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether logits look like probabilities: none below zero, and they add up to 1. */
export function lookLikeProbabilities(logits: readonly number[]): boolean {
  const sum = logits.reduce((total, logit) => total + logit, 0);
  return logits.length > 0 && logits.every((logit) => logit >= 0) && Math.abs(sum - 1) < 1e-3;
}
