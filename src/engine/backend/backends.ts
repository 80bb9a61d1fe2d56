import type { BackendName } from '../../core/analysis';
import type { BackendStatus, SkippedBackend } from '../engine';
import { EngineError, messageOf } from '../engine-error';
import { type Circumstances, chooseBackends, describeSkipped, type GpuKind } from './choice';
import type { RunningBackend } from './running';

/** What the browser has for WebGPU. */
export interface FoundGpu {
  kind: GpuKind;
  /** How often it was asked for, where it gave none. */
  attempts?: number;
}

/** A GPU that is lost so often, without a photo answered in between, is not used any more. */
const maxLosses = 2;

export type BackendFactories = Record<BackendName, () => Promise<RunningBackend>>;

/** The back end in use, and the record of those that were passed over. */
export class Backends {
  private pinned: BackendName | null = null;
  private disabled: Circumstances['disabled'] = {};
  /** Those that are up: WASM stays up behind WebGPU, so that going back costs nothing. */
  private up: Partial<Record<BackendName, RunningBackend>> = {};
  /** In a row. */
  private losses = 0;
  private current: { backend: RunningBackend; status: BackendStatus } | null = null;

  constructor(
    private readonly backendFactories: BackendFactories,
    private readonly gpu: () => Promise<FoundGpu>,
    /** Told when the back end in use goes away, whatever the reason: all its tensors are gone or must go. */
    private readonly onLeave: () => void,
  ) {}

  get isPinned(): boolean {
    return this.pinned !== null;
  }

  /** A photo was answered: what was lost before does not count any more. */
  proved(): void {
    this.losses = 0;
  }

  /**
   * The back end in use, brought up where none is. Throws `backend-unavailable` with the reasons where none
   * comes up.
   */
  async use(): Promise<BackendStatus> {
    if (this.current) return this.current.status;
    const { kind, attempts } = await this.gpu();
    const { candidates, skippedBackends } = chooseBackends({
      pinned: this.pinned,
      gpu: kind,
      attempts,
      disabled: this.disabled,
    });
    for (const name of candidates) {
      try {
        const backend = await this.start(name);
        const { adapter, software, threads } = backend;
        const others = skippedBackends.filter((skippedBackend) => skippedBackend.name !== name);
        this.current = { backend, status: { name, adapter, software, threads, skippedBackends: others } };
        return this.current.status;
      } catch (error) {
        console.warn(`${name} does not start:`, error);
        skippedBackends.push({ name, reason: 'does-not-start', detail: { reason: messageOf(error) } });
      }
    }
    const reasons = skippedBackends.map(describeSkipped).join('; ');
    throw new EngineError('backend-unavailable', { reasons });
  }

  /**
   * Insists on one back end, or on none with null. What was held against it is forgotten: the user wants it
   * tried again.
   */
  pin(name: BackendName | null): void {
    this.pinned = name;
    this.losses = 0;
    if (name === null) this.disabled = {};
    else delete this.disabled[name];
    this.leave();
  }

  /** Gives the back end in use up for this session: it answers wrongly or not at all. */
  disableBackend(reason: SkippedBackend['reason'], detail: SkippedBackend['detail']): void {
    if (this.current) {
      const { name } = this.current.status;
      console.warn(describeSkipped({ name, reason, detail }));
      this.disabled[name] = { reason, detail };
    }
    this.leave();
  }

  /**
   * Waits for work on the back end that `use` gave, which the work's tensors lie on. Throws `device-lost` as
   * soon as the device is gone, because work on a lost device may never end, and turns errors that the device
   * reported on the side into failures, because their numbers cannot be trusted.
   */
  async guard<T>(status: BackendStatus, work: () => Promise<T>): Promise<T> {
    if (this.current?.status !== status)
      throw new EngineError('device-lost', { reason: 'lost before the work' });
    const { backend } = this.current;
    const lost = backend.lost.then((reason) => {
      throw new EngineError('device-lost', { reason });
    });
    lost.catch(() => {});
    backend.takeErrors();
    const value = await Promise.race([work(), lost]).catch(async (error) => {
      // A lost device shows first as any odd error of the work itself.
      await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 100))]);
      throw error;
    });
    const errors = backend.takeErrors();
    if (errors.length > 0) throw new Error(errors.join('; '));
    return value;
  }

  /** The one in use. Throws where `use` was not called before, or it is gone since. */
  get running(): RunningBackend {
    if (!this.current) throw new EngineError('device-lost', { reason: 'lost before the work' });
    return this.current.backend;
  }

  private async start(name: BackendName): Promise<RunningBackend> {
    const up = this.up[name];
    if (up) {
      await up.use();
      return up;
    }
    const backend = await this.backendFactories[name]();
    this.up[name] = backend;
    backend.lost.then((reason) => {
      console.warn(`${name} is lost: ${reason}`);
      delete this.up[name];
      this.losses += 1;
      if (this.losses >= maxLosses && !this.isPinned)
        this.disabled[name] = { reason: 'keeps-being-lost', detail: { reason, times: this.losses } };
      if (this.current?.backend === backend) this.leave();
    });
    return backend;
  }

  private leave(): void {
    if (this.current === null) return;
    this.current = null;
    this.onLeave();
  }
}
