import type { NetworkCard } from '../../src/core/card/card';
import type { Values } from '../../src/engine/pass';

/**
 * What the page of the others is asked, and answers: plain data, because it goes between Node and the page.
 */

export type Program = 'lentigo' | 'ort' | 'tfjs';
export type RivalProgram = Exclude<Program, 'lentigo'>;

export interface RivalRequest {
  program: RivalProgram;
  backend: 'wasm' | 'webgpu';
  card: NetworkCard;
  /** Most timed passes, and the milliseconds after which no further one is started. */
  maxPasses: number;
  timeoutMs: number;
}

/** Milliseconds throughout. */
export interface Timing {
  /** From the files, which come from this machine, until a pass can be made. */
  load: number;
  first: number;
  steady: number[];
  /** Passes of eight inputs at once; null where they take too long. */
  batch: number[] | null;
}

export interface RivalAnswer extends Timing {
  /** What it computed with: "WASM, 2 threads", "google swiftshader". */
  adapter: string;
  /** What the program says of itself, as "graph capture". */
  note: string;
  /** Its answer to the golden sample, as the card keeps it. */
  golden: number[];
  /** Downloaded for the model alone. */
  bytes: number;
}

/** A network of another program, ready for passes. */
export interface Opened {
  adapter: string;
  note: string;
  bytes: number;
  /** All outputs, read back, by their names. Inputs are NHWC. */
  pass(inputs: Record<string, Values>): Promise<Record<string, Float32Array>>;
}

/** Most photos at once. */
export const batchSize = 8;
