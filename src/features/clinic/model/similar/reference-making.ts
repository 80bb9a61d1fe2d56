import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Analysis } from '../../../../core/analysis';
import { metadataFromRow } from '../../../../core/evaluation/labels';
import type { PlannedImage } from '../../../../core/evaluation/plan';
import { type Failure, failure, type Result, success } from '../../../../core/failure';
import { nameOf } from '../../../../core/image/file-names';
import type { Progress } from '../../../../engine/engine';
import type { OpenPhoto } from '../../../../engine/input/opener';
import type { Thumbnails } from '../../../../engine/input/thumbnails';
import { storageFailure } from '../../../../records/storage-failure';
import { failureKind } from '../../../../runtime/failure-kind';
import { type AnalysisServices, runAnalysis } from '../../../../runtime/run-analysis';
import { lesionOf, type ReferencePlan } from './reference-plan';
import { photoIdOf, type ReferenceSet } from './reference-set';
import type { ReferenceStore } from './reference-store';

/** A reference set that is being made. Plain data. */
export interface Making {
  setId: string;
  name: string;
  done: number;
  total: number;
  /** Photos that are not in it: not readable, turned away by the input check, or unlike what the model knows. */
  leftOut: number;
  /** Of the package, while it loads. */
  progress: Progress | null;
}

/** How the making of a set ended. `failure`: what kept it from its end; null at its end, and where it was stopped. */
export interface EndedMaking {
  /** What is kept of it; null where nothing is. */
  set: ReferenceSet | null;
  leftOut: number;
  failure: Failure | null;
}

export interface ReferenceMakingState {
  making: Making | null;
  /** The last one; null before any has ended. */
  ended: EndedMaking | null;
  /** Goes up with every set that is made, grows or is deleted. */
  version: number;
}

/** Runs a folder through a package, one set at a time, behind whatever else the engine has to do. */
export interface ReferenceMaking {
  store: StoreApi<ReferenceMakingState>;
  /** Resolves when it has ended; what is done by then is kept, however it ended. */
  start(plan: ReferencePlan, name: string, packageId: string): Promise<void>;
  cancel(): void;
  /** Deletes a set. Says why it could not. */
  remove(setId: string): Promise<Failure | null>;
}

interface Services extends AnalysisServices {
  open: OpenPhoto;
  thumbnails: Pick<Thumbnails, 'make'>;
  sets: ReferenceStore;
  now?: () => Date;
}

/** Whether only this photo is at fault, and the next one may well have an answer. */
const itsOwn = (reason: Failure) => ['photo', 'file'].includes(failureKind(reason));

export function createReferenceMaking(services: Services): ReferenceMaking {
  const { sets, thumbnails, now = () => new Date() } = services;
  const store = createStore<ReferenceMakingState>(() => ({ making: null, ended: null, version: 0 }));
  let controller: AbortController | null = null;
  const changed = () => store.setState(({ version }) => ({ version: version + 1 }));

  /** The photo's answer; null where it is left out. Fails with what would befall every further photo too. */
  async function answerFor(
    plan: ReferencePlan,
    image: PlannedImage,
    packageId: string,
    signal: AbortSignal,
  ): Promise<Result<{ analysis: Analysis; picture: Blob } | null>> {
    const file = plan.open(image.path);
    const opened = file && (await services.open(file));
    if (!opened?.ok) return success(null);
    const picture = opened.value.image;
    // As the clinic asks, so that the two can be held against each other: same square, same input check.
    const answer = await runAnalysis(
      services,
      picture,
      { packageId, metadata: metadataFromRow(image), background: true },
      {
        signal,
        onProgress: (progress) =>
          store.setState(({ making }) => ({ making: making && { ...making, progress } })),
      },
    );
    if (!answer.ok) return itsOwn(answer.failure) ? success(null) : answer;
    return success(answer.value.outOfDistribution?.refused ? null : { analysis: answer.value, picture });
  }

  async function run(
    id: string,
    plan: ReferencePlan,
    name: string,
    packageId: string,
    signal: AbortSignal,
  ): Promise<EndedMaking> {
    const lesions = new Set<string>();
    const total = plan.images.length;
    let set: ReferenceSet | null = null;
    let leftOut = 0;
    for (const [index, image] of plan.images.entries()) {
      store.setState({ making: { setId: id, name, done: index, total, leftOut, progress: null } });
      const answer = await answerFor(plan, image, packageId, signal);
      if (signal.aborted) return { set, leftOut, failure: null };
      if (!answer.ok) return { set, leftOut, failure: answer.failure };
      const embedding = answer.value?.analysis.embedding;
      if (!answer.value || !embedding) {
        leftOut += 1;
        continue;
      }
      const { analysis, picture } = answer.value;
      const { packageVersion, packageHash } = analysis.provenance;
      // Another version came while it ran: what follows would not fit what is there.
      if (set && set.packageHash !== packageHash) {
        const { failure: reason } = failure('internal', { reason: 'the package has changed meanwhile' });
        return { set, leftOut, failure: reason };
      }
      const lesion = lesionOf(image);
      lesions.add(lesion);
      const next: ReferenceSet = {
        ...{ schema: 1, id, name, packageId, packageVersion, packageHash, planned: total },
        createdAt: set?.createdAt ?? now().toISOString(),
        photos: (set?.photos ?? 0) + 1,
        lesions: lesions.size,
      };
      const photo = {
        ...{ id: photoIdOf(id, index), setId: id, lesion, name: nameOf(image.path) },
        diagnosis: image.label,
        vector: Float32Array.from(embedding),
      };
      const thumbnail = await thumbnails.make(picture, signal).catch(() => null);
      try {
        await sets.add(next, photo, thumbnail);
      } catch (error) {
        return { set, leftOut, failure: storageFailure(error).failure };
      }
      set = next;
      changed();
    }
    return { set, leftOut, failure: null };
  }

  return {
    store,
    async start(plan, name, packageId) {
      if (store.getState().making) return;
      controller = new AbortController();
      store.setState({ ended: null });
      const ended = await run(crypto.randomUUID(), plan, name, packageId, controller.signal);
      store.setState({ making: null, ended });
    },
    cancel: () => controller?.abort(),
    async remove(setId) {
      try {
        await sets.remove(setId);
        changed();
        return null;
      } catch (error) {
        return storageFailure(error).failure;
      }
    },
  };
}
