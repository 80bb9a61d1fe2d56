import type { BackendStatus } from '../../src/engine/engine';
import { Stop } from '../command';
import { describeFailure, type OpenApp } from '../evaluate/browser';
import { type ClassReference, compareMaps, largestDifference, type Reference } from './references';

/** How far one package on one back end is from PyTorch. */
export interface Agreement {
  adapter: string;
  photos: number;
  /**
   * Of a calibrated probability, or of the probability of lesion at one pixel: the largest over all photos.
   */
  difference: number;
  /** Of a segmenter's outlines, the worst photo's; absent for others. */
  dice?: number;
  /** Of the package that answered. */
  packageHash: string;
}

/** Runs the photos as PyTorch did. Throws `Stop` where one is not answered. */
export async function compare(
  app: OpenApp,
  packageId: string,
  references: readonly Reference[],
  { adapter }: BackendStatus,
): Promise<Agreement> {
  const found = [];
  for (const reference of references) {
    const answer =
      reference.kind === 'map'
        ? await compareOutline(app, packageId, reference)
        : await compareClasses(app, packageId, reference);
    found.push(answer);
  }
  const dices = found.flatMap(({ dice }) => dice ?? []);
  return {
    adapter,
    photos: found.length,
    difference: Math.max(...found.map(({ difference }) => difference)),
    ...(dices.length > 0 ? { dice: Math.min(...dices) } : {}),
    packageHash: found[0]?.packageHash ?? '',
  };
}

interface One {
  difference: number;
  dice?: number;
  packageHash: string;
}

async function compareClasses(app: OpenApp, packageId: string, reference: ClassReference): Promise<One> {
  const [answer] = await app.analyse([reference], packageId);
  if (!answer?.ok)
    throw new Stop(`${reference.path} on ${packageId}: ${answer ? describeFailure(answer.failure) : ''}.`);
  const { probabilities, provenance } = answer.value;
  const difference = largestDifference(probabilities, reference.probabilities);
  return { difference, packageHash: provenance.packageHash };
}

async function compareOutline(
  app: OpenApp,
  packageId: string,
  { path, map }: Extract<Reference, { kind: 'map' }>,
): Promise<One> {
  const answer = await app.lesionMap(path, packageId);
  if (!answer.ok) throw new Stop(`${path} on ${packageId}: ${describeFailure(answer.failure)}.`);
  const { width, height, values, packageHash } = answer.value;
  return { ...compareMaps({ width, height, data: Float32Array.from(values) }, map), packageHash };
}
