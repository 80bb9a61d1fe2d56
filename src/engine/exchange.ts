/** What callers of the engine hand to it, and what they get back. */
import type { Analysis, BackendName, LesionSearch, Provenance } from '../core/analysis';
import type { SiteCalibration } from '../core/decision/site-calibration';
import type { Failure, Result } from '../core/failure';
import type { Square } from '../core/geometry';
import type { MetadataValues } from '../core/patient/metadata';
import type { Pixels, Probabilities, Raster } from '../core/raster';
import type { RequestCount } from './requests';

/** What the engine runs on, and why. */
export interface BackendStatus {
  name: BackendName;
  /** "NVIDIA RTX 4070", "SwiftShader (software)", "WASM SIMD, 4 threads". */
  adapter: string;
  /** True where the GPU is emulated in software: right answers, slow. */
  software: boolean;
  /** WASM threads that really run; 0 on WebGPU. */
  threads: number;
  /** Back ends that come first otherwise, and why each is not used: a fallback always says so. */
  skippedBackends: SkippedBackend[];
}

/**
 * Why a back end is not used: the user insists on the other one; the browser has no WebGPU, or gives no GPU;
 * the GPU is emulated in software, where WASM is some ten times faster; it does not come up; it does not run
 * a package, or answers its golden sample wrongly; it was lost several times in a row.
 */
type SkipReason =
  | 'pinned'
  | 'no-webgpu'
  | 'no-gpu'
  | 'software-gpu'
  | 'does-not-start'
  | 'does-not-run'
  | 'golden-wrong'
  | 'keeps-being-lost';

export interface SkippedBackend {
  name: BackendName;
  reason: SkipReason;
  /** For those who want to know more: the error's own words, the package, how far off it was. */
  detail: Failure['detail'];
}

export interface Progress {
  stage: 'download' | 'verify' | 'load' | 'self-test' | 'decode' | 'segment' | 'resize' | 'network';
  /** 0 to 1, or null where it cannot be known. */
  fraction: number | null;
  /** Bytes so far and in all, for downloads. */
  bytes?: { done: number; total: number };
  /**
   * An answer before the outline (`AnalyseRequest.answerFirst`). It comes once, before the stage `segment`.
   */
  provisional?: ProvisionalAnswer;
}

/** What a package answers for the centred square of the photo. It holds until the analysis comes. */
export interface ProvisionalAnswer {
  packageId: string;
  analysis: Analysis;
}

/** A picture file, or upright sRGB pixels (RGBA, opaque), such as a frame of a camera. */
export type Photo = Blob | Pixels;

export interface CallOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

export interface AnalyseRequest {
  packageId: string;
  /**
   * What the classifier looks at; when absent, a square around the lesion found, else `centre`, the largest
   * centred one.
   */
  square?: Square | 'centre';
  /**
   * The package that looks for lesions first. When absent, the first of index.json that does, where the photo
   * is one of skin lesions; with null nobody looks.
   */
  segmenterId?: string | null;
  /**
   * The lesion as the user drew it, 0 or not, on a raster of any size over the whole photo; then no segmenter
   * is asked.
   */
  mask?: Raster;
  /**
   * Reports a provisional answer for the centred square before the outline is there. Of no effect where the
   * caller says where to look, where no segmenter runs, and for a fusion, which needs the outline.
   */
  answerFirst?: boolean;
  /** Goes on with a photo that the input gate refuses (failures `photo-...`); the analysis keeps the mark. */
  overruleGate?: boolean;
  /** Waits for every other call: for a batch, beside which the user goes on working. */
  background?: boolean;
  /**
   * Also asks of the photo turned and mirrored, eight views in all: `Analysis.testTimeAugmentation`. Takes up
   * to eight times as long.
   */
  testTimeAugmentation?: boolean;
  /** Millimetres a pixel of the photo, for the diameter. */
  scale?: number | null;
  /**
   * What is known of the patient: values by the ids of cards' metadata fields, and the site under `siteKey`.
   * Each package takes the fields of its own card; what is absent is "unknown" to the network.
   */
  metadata?: MetadataValues;
  /**
   * Calibrations of this site in place of the packages' own, by package id. One that was made for other files
   * is passed over.
   */
  siteCalibrations?: Readonly<Record<string, SiteCalibration>>;
}

/** One photo, several packages. */
export type AnalyseAllRequest = Omit<AnalyseRequest, 'packageId'> & { packageIds: string[] };

/** One photo, nothing but its lesions. */
export type FindLesionsRequest = Pick<AnalyseRequest, 'square' | 'scale' | 'background'> & {
  segmenterId: string;
};

export interface OutlinedPhoto extends LesionSearch {
  /** The segmenter's, before anything was cleaned, on the raster of the mask. */
  probabilities: Probabilities;
  provenance: Provenance;
}

export interface PackageAnswer {
  packageId: string;
  answer: Result<Analysis>;
}

export interface LoadedPackage {
  id: string;
  /** True where nothing had to be downloaded. */
  fromCache: boolean;
  /** True where the next visit needs no network; false where the browser's storage is full or missing. */
  cached: boolean;
  /** From the call until it could run; 0 where it was loaded before. */
  milliseconds: number;
  /** Largest difference on the golden sample, which every load runs, and what was allowed. */
  golden: { difference: number; tolerance: number };
  backend: BackendStatus;
}

/** A package that could not be had as the site offers it, or the site's list itself. */
export interface PackageProblem {
  /** Null for the list, and for this browser's storage. */
  packageId: string | null;
  failure: Failure;
  /** True where what was kept at an earlier visit stands in. */
  kept: boolean;
}

/** A file that the user brought along, by its name inside the package's folder. */
export interface PackageFile {
  name: string;
  data: Blob;
}

/** A golden sample as it came out just now. */
export interface SelfTest {
  backend: BackendStatus;
  /** What the network answered to the golden sample, in the numbers that a card keeps of it. */
  answer: number[];
  /**
   * Largest difference to what PyTorch answered, on logits; infinite where the network answers no numbers.
   */
  difference: number;
  tolerance: number;
  passed: boolean;
  /** Of the pass alone, after its shaders were compiled. */
  milliseconds: number;
}

export interface BenchmarkRequest {
  packageId: string;
  /** Also times a download of all files from the server, past every cache. */
  download: boolean;
  /**
   * Whether passes are recorded and done again without TensorFlow.js, where the back end can: by default on a
   * GPU that is not emulated.
   */
  recorded?: boolean;
  /** Most timed passes of one input. */
  maxPasses: number;
  /** Milliseconds after which no further pass is started; three are made in any case. */
  timeoutMs: number;
}

/** What one package takes on one back end. Times are milliseconds, memory is bytes. */
export interface BenchmarkResult {
  packageId: string;
  backend: BackendStatus;
  /** Null where it was not asked for, or where there was no server to download from. */
  download: { milliseconds: number; bytes: number } | null;
  /**
   * Reading from this browser's storage, checking, decoding, handing over to the back end, compiling shaders.
   */
  load: number;
  /** The first pass with all that it sets up, its recording too: the warm-up, which belongs to every load. */
  first: number;
  /** The pass after that: the first one that a photo waits for. */
  afterWarmUp?: number;
  /** Further passes of one input, read back, in their order. */
  steady: number[];
  /** Passes of eight inputs at once; null where eight at once take too long or do not fit. */
  batch: { size: number; milliseconds: number[] } | null;
  memory: {
    /** The network's weights on the back end. */
    weights: number;
    /**
     * What the back end holds after the passes: buffers on the GPU, or the WASM heap; null where it does not
     * say.
     */
    allocated: number | null;
  };
}

/** What tells whether an engine that runs for days stays well. */
export interface Diagnostics {
  tensors: number;
  /** Of those tensors. */
  bytes: number;
  /** What the back end holds: buffers on the GPU, or the WASM heap; null where it does not say. */
  allocated: number | null;
  /**
   * Of what is held, the GPU's buffers in use: the others wait for the next pass. Null where the back end
   * does not say.
   */
  inUse: number | null;
  /** The packages that are loaded, the least recently used first; bytes of their weights. */
  packages: { id: string; bytes: number }[];
  /** By the worker since it started; a worker that was restarted counts from zero. */
  requests: RequestCount;
}
