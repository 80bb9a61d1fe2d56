/** A node of a TensorFlow graph: its inputs are names of other nodes. */
export interface GraphNode {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, unknown>;
}

/**
 * A constant of a graph. Its values are computed when they are asked for, so that a graph can be rewritten
 * before its weights have arrived.
 */
export interface Weight {
  shape: number[];
  dtype: 'float32' | 'int32';
  /**
   * How many bytes of the package's weights, from the first on, have to be there before `values` may be
   * called.
   */
  after: number;
  /** Row by row, the last dimension fastest. Computed again at each call. */
  values(): Float32Array | Int32Array;
  /** As it is stored, where that is one byte a value: value = byte * scale + min. */
  bytes?: { read(): Uint8Array; scale: number; min: number };
}

/** A graph and its constants, which load-time rewrites turn into another one that answers the same. */
export interface Graph {
  nodes: GraphNode[];
  weights: Map<string, Weight>;
  /** Names of the nodes that are asked for, or fed as inputs: they stay, and so do their values. */
  outputs: ReadonlySet<string>;
}

/** Of a weight and of a tensor. */
export const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);
