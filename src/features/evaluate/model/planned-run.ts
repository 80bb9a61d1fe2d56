import type { Card } from '../../../core/card/card';
import { imagesToPredict, type Plan } from '../../../core/evaluation/plan';
import { sha256 } from '../../../core/sha256';
import { packageHash } from '../../../engine/package/hash';
import { chosenOf, type Draft, judgedModel } from './draft';
import { type EvaluationRun, packagesOf } from './run';

/** All that a draft asks for, before it is cut into parts. */
export type PlannedRun = Required<
  Pick<EvaluationRun, 'name' | 'models' | 'images' | 'outlines' | 'segmenterId'>
> &
  Pick<EvaluationRun, 'skinTone'>;

export function plannedRun(draft: Draft, plan: Plan, cards: readonly Card[]): PlannedRun {
  const labels = plan.labels.map(({ label }) => label);
  const { classifiers, segmenter } = chosenOf(draft, cards);
  const models = classifiers.map((card) => judgedModel(draft, card, labels));
  const images = imagesToPredict(
    plan,
    models.map((model) => model.labels),
    segmenter !== null,
  );
  const installed = cards.some(({ task }) => task === 'segmentation');
  const outlines =
    images.some(({ mask }) => mask !== null) && (segmenter !== null || (draft.outlines && installed));
  return {
    name: draft.folder?.name ?? '',
    models,
    images,
    outlines,
    // Left out where it is not asked for, so that a part of before keeps its fingerprint.
    ...(draft.skinTone && installed && models.length > 0 ? { skinTone: true } : {}),
    segmenterId: segmenter?.id ?? null,
  };
}

/**
 * Tells one evaluation from another, on any machine: in hexadecimal, of the models, the files of their
 * packages, the images and their labels. The folder's own name does not count.
 */
export async function fingerprintOf(whole: PlannedRun, cards: readonly Card[]): Promise<string> {
  const { name: _, ...counted } = whole;
  const packages = packagesOf(whole).flatMap((id) => cards.find((card) => card.id === id) ?? []);
  const hashes = await Promise.all(packages.map(packageHash));
  return sha256(new TextEncoder().encode(JSON.stringify([hashes, counted])));
}

/** As many parts as the draft asks for, and never more than there are images. */
export const partsOf = ({ parts }: Draft, { images }: PlannedRun): number =>
  Math.max(1, Math.min(parts, images.length));
