import type { BackendName } from '../core/analysis';
import type { AnswerOf, ArgumentsOf, MethodName, Progress } from './engine';

/** Numbers a call, so that its progress and its cancelling find it across the worker's border. */
export type CallId = number;

export interface OpenOptions {
  /** URL of the folder of index.json. */
  models: string;
  pinned: BackendName | null;
  /** True for an engine that stores nothing in the browser, see `TrialCache`. */
  trial?: boolean;
}

export type RemoteMethods = {
  [Name in MethodName]: (call: CallId, ...given: ArgumentsOf<Name>) => AnswerOf<Name>;
};

/**
 * The engine as the worker offers it. Its calls carry a number, because neither signals nor functions cross
 * the border.
 */
export interface RemoteEngine extends RemoteMethods {
  open(options: OpenOptions, onProgress: (call: CallId, progress: Progress) => void): void;
  cancel(call: CallId): void;
  /** Answers as soon as the worker has a moment: it lives. */
  ping(): void;
}
