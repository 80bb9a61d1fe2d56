import type { PanelMember } from './decision/panel';
import type { ClassProbability, Decision } from './decision/probability';
import type { SiteCalibration } from './decision/site-calibration';
import type { TestTimeAugmentation } from './decision/test-time-augmentation';
import type { WhatIfRow } from './decision/what-if';
import type { Failure } from './failure';
import type { Point, Rectangle, Square } from './geometry';
import type { CleanedLesions } from './lesion/clean';
import type { Morphology } from './lesion/morphology/morphology';
import type { OutOfDistribution, QualityVerdict } from './quality/gate';
import type { Raster } from './raster';

/** Everything one analysis says, as plain data: it can be stored, exported, re-opened and re-run. */

export type BackendName = 'webgpu' | 'wasm';

/** Where the numbers came from: enough to reproduce them. */
export interface Provenance {
  appVersion: string;
  packageId: string;
  packageVersion: string;
  /**
   * SHA-256 over the names and hashes of all files of the package: model.json alone is the same after another
   * training.
   */
  packageHash: string;
  backend: BackendName;
  /** What the browser says of the GPU, or the number of WASM threads. */
  adapter: string;
  /** Number of the preprocessing: it changes when the same photo would give another tensor. */
  preprocessing: 1;
}

/** Class activation maps, one plane a class, in the coordinates of the square. */
export interface ActivationMaps {
  width: number;
  height: number;
  planes: { classId: string; values: Float32Array }[];
}

/** What the network used of the patient's metadata. */
export interface ModelMetadata {
  /** By the id of the card's field, as it was given. */
  used: Record<string, string | number>;
  /** The card's fields that went in as "unknown": what was missing. */
  missing: string[];
}

/** A lesion in the photo; places in pixels of the upright photo. */
export interface FoundLesion {
  box: Rectangle;
  centroid: Point;
  /**
   * Closed lines around it and around the holes in it, to a tenth of a pixel. Empty in an analysis of before.
   */
  outline: Point[][];
  /** Of the photo's area, 0 to 1. */
  share: number;
  /** Mean of the segmenter's probability over the lesion; null where the caller drew it. */
  meanProbability: number | null;
  /** What a classifier looks at for this lesion. */
  square: Square;
}

/** The search for lesions in the whole photo. "No lesion found" is a finding too: then `lesions` is empty. */
export interface LesionSearch {
  /** Null where the caller gave the mask. */
  segmenter: Pick<Provenance, 'packageId' | 'packageVersion' | 'packageHash'> | null;
  /** The most plausible first. */
  lesions: FoundLesion[];
  /** Which of them the mask, the morphology and a fusion's answer are about; null if there is none. */
  chosen: number | null;
  /**
   * 1 lesion, 0 background, over the whole photo: its first pixel is the photo's top left corner, its last
   * the bottom right one.
   */
  mask: Raster | null;
  /** Why there is no lesion. */
  nothing: CleanedLesions['nothing'];
  /** Form and colours; null without a lesion, or where it is too small to have an outline. */
  morphology: Morphology | null;
  milliseconds: number;
}

/**
 * Where a fusion's queries look, mean over the heads, one plane a query that adds up to 1, in the coordinates
 * of the square.
 */
export interface AttentionMaps {
  width: number;
  height: number;
  planes: { query: 'metadata' | 'mask'; values: Float32Array }[];
}

/** Something that went otherwise than asked without ending the analysis. */
export interface Degradation {
  /**
   * `lesion`: no mask could be had, and the classifier went on without. `network`: it was lost once and ran
   * again.
   */
  stage: 'lesion' | 'network';
  failure: Failure;
}

/** Milliseconds a stage; the search for lesions has its own. */
interface StageTimings {
  decode: number;
  resize: number;
  network: number;
  /** All of it, searching and explaining included. */
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
  /** Class ids of the prediction set, most probable first; never empty. */
  conformalSet: string[];
  /** No class was probable enough to be in the set, and the most probable one stands in. */
  unsure: boolean;
  decision: Decision | null;
  /** What each member of a panel said; null for other packages. */
  panel: PanelMember[] | null;
  /** The calibration of this site that the numbers are by; null for the package's own. */
  siteCalibration: SiteCalibration | null;
  outOfDistribution: OutOfDistribution | null;
  /**
   * A unit vector of what the network saw, to find like photos by (`core/decision/likeness.ts`); null where
   * the package gives none, and in an analysis of before.
   */
  embedding: number[] | null;
  activation: ActivationMaps | null;
  /**
   * What the input gate found, with the out-of-distribution score; a photo that it refused has an analysis
   * where the user overruled it.
   */
  gate: QualityVerdict | null;
  /** Null where the package takes no metadata. */
  modelMetadata: ModelMetadata | null;
  /** Null where nobody looked for lesions. */
  lesion: LesionSearch | null;
  /** Fusion only. */
  attention: AttentionMaps | null;
  /** Fusion only: what the answer would be, had one thing been different. */
  whatIf: WhatIfRow[] | null;
  /** How the answer moves when the photo is turned and mirrored; null where that was not asked for. */
  testTimeAugmentation: TestTimeAugmentation | null;
  degradations: Degradation[];
  timings: StageTimings;
}
