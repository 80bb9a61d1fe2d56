/** Everything one analysis says, as plain data: it can be stored, exported, re-opened and re-run. */

/** A rectangle in pixels of the upright photo. */
export interface Square {
  left: number;
  top: number;
  side: number;
}

/** An 8-bit raster, row by row. */
export interface Raster {
  width: number;
  height: number;
  data: Uint8Array;
}

export interface ClassProbability {
  /** The class id of the card, for example "mel". */
  id: string;
  logit: number;
  /** Softmax of the logits, before temperature. */
  raw: number;
  /** Softmax of logits / temperature. */
  calibrated: number;
}

export type BackendName = 'webgpu' | 'wasm';

/** Where the numbers came from: enough to reproduce them. */
export interface Provenance {
  appVersion: string;
  packageId: string;
  packageVersion: string;
  /** SHA-256 over the names and hashes of all files of the package: model.json alone is the same after another training. */
  packageHash: string;
  backend: BackendName;
  /** What the browser says of the GPU, or the number of WASM threads. */
  adapter: string;
  /** Number of the preprocessing: it changes when the same photo would give another tensor. */
  preprocessing: 1;
}

export interface Decision {
  /** Class ids whose calibrated probabilities are added up. */
  positive: string[];
  probability: number;
  threshold: number;
  above: boolean;
}

export interface OutOfDistribution {
  score: number;
  threshold: number;
  /** True when the score is at or under the threshold. */
  familiar: boolean;
}

/** Class activation maps, one plane a class, in the coordinates of the square. */
export interface ActivationMaps {
  width: number;
  height: number;
  planes: { classId: string; values: Float32Array }[];
}

export interface StageTimings {
  decode: number;
  resize: number;
  network: number;
  total: number;
}

export interface Analysis {
  schema: 1;
  /** ISO 8601, UTC. */
  createdAt: string;
  provenance: Provenance;
  photo: { width: number; height: number };
  /** What the classifier saw of the photo. */
  square: Square;
  /** In the order of the card's classes. */
  probabilities: ClassProbability[];
  /** Class ids of the conformal prediction set, most probable first. */
  conformalSet: string[];
  decision: Decision | null;
  outOfDistribution: OutOfDistribution | null;
  activation: ActivationMaps | null;
  /** Milliseconds a stage. */
  timings: StageTimings;
}
