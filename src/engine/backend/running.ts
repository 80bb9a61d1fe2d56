import type { BackendName } from '../../core/analysis';
import type { RewriteTarget } from '../graph/rewrite';
import type { GpuBackend } from '../webgpu/gpu-backend';

/** A back end that is up and known to TensorFlow.js under its name. */
export interface RunningBackend {
  name: BackendName;
  adapter: string;
  software: boolean;
  threads: number;
  /** Makes TensorFlow.js compute with it again, after another one. */
  use(): Promise<unknown>;
  /** Settles once the back end is gone for good, with the reason; never where it cannot be lost. */
  lost: Promise<string>;
  /** Errors that the back end reported on the side since the last call; taking them clears them. */
  takeErrors(): string[];
  /** What graphs are rewritten for. */
  rewrites: RewriteTarget;
  /** Where weights can come later than the network, and passes can be recorded. */
  gpu?: GpuBackend;
  /**
   * Gets ready for a pass that `run` hands over once, for its shaders alone; nothing to do if there are none.
   */
  compile(run: () => void): Promise<void>;
}
