import type { NetworkCard } from '../../core/card/card';
import type { Square } from '../../core/geometry';
import type { Pixels } from '../../core/raster';
import type { BackendStatus } from '../engine';
import { Uploads } from '../network';
import { type NetworkInput, squareOf, toNetworkInput } from './tensor';

/**
 * A photo as networks take it: what several of them take in the same way is made once, and carried to the
 * back end once.
 */
export class NetworkInputs {
  private readonly made = new Map<string, NetworkInput>();
  private uploaded: { backend: BackendStatus; uploads: Uploads } | null = null;

  constructor(readonly photo: Pixels) {}

  /**
   * See `toNetworkInput`. A square photo is the same letterboxed and cut, so that a segmenter and a
   * classifier may share it.
   */
  of(input: NetworkCard['input'], wanted?: Square): NetworkInput {
    const { height, width, mean, std } = input;
    const key = JSON.stringify([height, width, mean, std, squareOf(this.photo, input, wanted)]);
    const made = this.made.get(key) ?? toNetworkInput(this.photo, input, wanted);
    this.made.set(key, made);
    return made;
  }

  /** What lies on a back end; made again when the one before was lost or given up. */
  on(backend: BackendStatus): Uploads {
    if (this.uploaded?.backend !== backend) {
      this.release();
      this.uploaded = { backend, uploads: new Uploads() };
    }
    return this.uploaded.uploads;
  }

  /** Frees what lies on a back end. */
  release(): void {
    this.uploaded?.uploads.close();
    this.uploaded = null;
  }
}
