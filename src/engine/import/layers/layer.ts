import type { Weight } from '../../graph/graph';
import type { GraphBuilder } from '../builder';
import { ImportProblem } from '../problem';
import type { Config } from './config';

export interface Layer {
  name: string;
  config: Config;
  /** The weight of this layer with a name such as "kernel". Throws where it is missing. */
  weight(name: string): Weight;
}

/** `inputs`: names of nodes. Gives the name of the result. */
export type LayerRule = (builder: GraphBuilder, layer: Layer, inputs: string[]) => string;

export const floats = (weight: Weight) => weight.values() as Float32Array;

/** The input of a layer that takes one. Throws where it has none, or several. */
export function only(layer: Layer, inputs: readonly string[]): string {
  const [x] = inputs;
  if (x !== undefined && inputs.length === 1) return x;
  throw new ImportProblem(layer.config.path, `has ${inputs.length} inputs, and takes one`);
}

export function channelsLast({ config }: Layer): void {
  if (config.text('data_format', 'channels_last') !== 'channels_last')
    config.refuse('data_format', 'is not channels_last');
}
