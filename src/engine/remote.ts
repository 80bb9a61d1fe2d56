import type { Analysis, BackendName } from '../core/analysis';
import type { Card } from '../core/card/card';
import type { Result } from '../core/failure';
import type {
  AnalyseAllRequest,
  AnalyseRequest,
  BackendStatus,
  BenchmarkRequest,
  BenchmarkResult,
  Diagnostics,
  FindLesionsRequest,
  LoadedPackage,
  OutlinedPhoto,
  PackageAnswer,
  PackageFile,
  Progress,
  SelfTest,
} from './engine';

/** Numbers a call, so that its progress and its cancelling find it across the worker's border. */
export type CallId = number;

export interface OpenOptions {
  /** URL of the folder of index.json. */
  models: string;
  pinned: BackendName | null;
}

/** The engine as the worker offers it: what `Engine` is, with calls numbered because neither signals nor functions cross the border. */
export interface RemoteEngine {
  open(options: OpenOptions, onProgress: (call: CallId, progress: Progress) => void): void;
  cancel(call: CallId): void;
  /** Answers as soon as the worker has a moment: it lives. */
  ping(): void;
  backend(call: CallId): Promise<Result<BackendStatus>>;
  pinBackend(call: CallId, name: BackendName | null): Promise<Result<BackendStatus>>;
  packages(call: CallId): Promise<Result<Card[]>>;
  load(call: CallId, packageId: string): Promise<Result<LoadedPackage>>;
  cached(call: CallId): Promise<Result<string[]>>;
  prefetch(call: CallId, packageId: string): Promise<Result<null>>;
  evict(call: CallId, packageId: string): Promise<Result<null>>;
  analyse(call: CallId, photo: Blob, request: AnalyseRequest): Promise<Result<Analysis>>;
  analyseAll(call: CallId, photo: Blob, request: AnalyseAllRequest): Promise<Result<PackageAnswer[]>>;
  findLesions(call: CallId, photo: Blob, request: FindLesionsRequest): Promise<Result<OutlinedPhoto>>;
  release(call: CallId, packageId: string): Promise<Result<null>>;
  added(call: CallId): Promise<Result<string[]>>;
  addPackage(call: CallId, files: PackageFile[]): Promise<Result<Card>>;
  removePackage(call: CallId, packageId: string): Promise<Result<null>>;
  selfTest(call: CallId, packageId: string): Promise<Result<SelfTest>>;
  benchmark(call: CallId, request: BenchmarkRequest): Promise<Result<BenchmarkResult>>;
  diagnostics(call: CallId): Promise<Result<Diagnostics>>;
}
