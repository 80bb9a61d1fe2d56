import type { Provenance } from '../../../core/analysis';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import type { PlannedImage } from '../../../core/evaluation/plan';
import type { JudgedModel } from '../../../core/evaluation/sample';
import type { Shard } from '../../../core/evaluation/shard';

/** What makes a run one part of an evaluation that is answered in several tabs or on several machines. */
export interface RunPart {
  shard: Shard;
  /** Images of all parts together. */
  total: number;
  /** The same for every part of one evaluation: its models, their files, the images and their labels. */
  fingerprint: string;
}

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
  /** Whether outlines are looked for so that skin tone can be measured beside them; missing where not. */
  skinTone?: true;
  /**
   * The package whose outlines are judged; null, or missing in runs of old, where the engine takes the one
   * for the kind of photo.
   */
  segmenterId?: string | null;
  /** `paused` also stands for a run that a reload or a crash interrupted. */
  state: 'paused' | 'done' | 'cancelled';
  /** Images with an answer or a failure. */
  done: number;
  /** Missing where the run is of all images. */
  part?: RunPart;
  /** Of a run that was joined from parts: how many, and every back end that they ran on. */
  joined?: { parts: number; backends: Provenance['backend'][] };
}

/** What is kept of a part, or of a whole run. */
export interface AnsweredRun {
  run: EvaluationRun;
  answers: ReadonlyMap<string, ImageAnswer>;
}

export const isSamePart = (a: RunPart | undefined, b: RunPart | undefined): boolean =>
  a !== undefined &&
  a.fingerprint === b?.fingerprint &&
  a.shard.count === b.shard.count &&
  a.shard.index === b.shard.index;

/** The packages that a run asks: its classifiers, and the one whose outlines are judged. */
export const packagesOf = ({
  models,
  segmenterId,
}: Pick<EvaluationRun, 'models' | 'segmenterId'>): string[] => [
  ...models.map(({ packageId }) => packageId),
  ...(segmenterId ? [segmenterId] : []),
];

export const newRun = (
  about: Pick<EvaluationRun, 'name' | 'models' | 'images' | 'outlines' | 'skinTone' | 'segmenterId' | 'part'>,
): EvaluationRun => ({
  schema: 1,
  id: crypto.randomUUID(),
  createdAt: new Date().toISOString(),
  provenance: {},
  state: 'paused',
  done: 0,
  ...about,
});
