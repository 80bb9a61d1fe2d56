import type { Provenance } from '../../../core/analysis';
import type { JudgedModel } from '../../../core/evaluation/measured';
import type { PlannedImage } from '../../../core/evaluation/plan';

/** An evaluation as it is kept in this browser. The images themselves are not: only their names. */
export interface EvaluationRun {
  schema: 1;
  id: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** The folder's name. */
  name: string;
  models: JudgedModel[];
  /** By package id, from the first answer on: what the answers came from. */
  provenance: Record<string, Provenance>;
  images: PlannedImage[];
  /** Whether outlines are looked for and held against the true ones. */
  outlines: boolean;
  /**
   * The package whose outlines are judged; null, or missing in runs of old, where the engine takes the one
   * for the kind of photo.
   */
  segmenterId?: string | null;
  /** `paused` also stands for a run that a reload or a crash interrupted. */
  state: 'paused' | 'done' | 'cancelled';
  /** Images with an answer or a failure. */
  done: number;
}

/** The packages that a run asks: its classifiers, and the one whose outlines are judged. */
export const packagesOf = ({ models, segmenterId }: EvaluationRun): string[] => [
  ...models.map(({ packageId }) => packageId),
  ...(segmenterId ? [segmenterId] : []),
];

export const newRun = (
  about: Pick<EvaluationRun, 'name' | 'models' | 'images' | 'outlines' | 'segmenterId'>,
): EvaluationRun => ({
  schema: 1,
  id: crypto.randomUUID(),
  createdAt: new Date().toISOString(),
  provenance: {},
  state: 'paused',
  done: 0,
  ...about,
});
