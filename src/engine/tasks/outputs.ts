import type { NetworkCard } from '../../core/card/card';
import type { Uploads } from '../network';
import type { ReadyPackage } from '../package/packages';
import type { Values } from '../pass';

export type OutputKind = keyof NetworkCard['outputs'];
export type Outputs = Partial<Record<OutputKind, Values>>;

/**
 * One forward pass that gives the outputs wanted, by what they are to the card; those that the package does
 * not have are left out. `uploads` are the inputs that other passes take too.
 */
export async function computeOutputs(
  { card, network }: ReadyPackage,
  inputs: Record<string, Values>,
  wanted: readonly OutputKind[],
  uploads?: Uploads,
): Promise<Outputs> {
  const kinds = wanted.filter((kind) => card.outputs[kind] !== undefined);
  const names = kinds.map((kind) => card.outputs[kind] as string);
  const answers = await network.forward(inputs, names, uploads);
  return Object.fromEntries(kinds.map((kind, index) => [kind, answers[index]]));
}

/** The first dimension `count` times over: one value for a whole batch. */
export function repeated({ shape, data }: Values, count: number): Values {
  const batch = new Float32Array(count * data.length);
  for (let index = 0; index < count; index++) batch.set(data, index * data.length);
  return { shape: [count, ...shape.slice(1)], data: batch };
}

/** The rows of a batch, each [shape without its first dimension]. */
export function rowsOf({ shape, data }: Values): Float32Array[] {
  const [count = 0] = shape;
  const size = data.length / count;
  return Array.from({ length: count }, (_, row) => data.subarray(row * size, (row + 1) * size));
}

/** The first row of a batch, as a batch of one. */
export function firstOf({ shape, data }: Values): Values {
  return { shape: [1, ...shape.slice(1)], data: data.slice(0, data.length / (shape[0] ?? 1)) };
}

/** A row of logits as numbers. Throws where the network answered none, or not one for each class. */
export function numbersIn(row: Float32Array, classes: number): number[] {
  const numbers = [...row];
  if (numbers.length !== classes || numbers.some((number) => !Number.isFinite(number))) {
    throw new Error('the network answered no numbers');
  }
  return numbers;
}
