import type { GraphBuilder } from './builder';
import { ImportProblem, SizeNeeded } from './problem';

/** A model of another format as a graph of ours, before its answer is made the logits of a card. */
export interface Translated {
  builder: GraphBuilder;
  /** The image's placeholder. */
  input: { name: string; size: number };
  /** Nodes of the model's outputs, in its order. */
  answers: string[];
  /** How often each operation is there, by the names of its own format. */
  operations: Record<string, number>;
  /** The program that wrote it, in its own words; empty where it does not say. */
  producer: string;
}

export interface ReadOptions {
  /** Height and width, for a model that takes any. */
  size?: number | undefined;
}

/** More is no input of a classifier. */
const largestSize = 2048;

/**
 * The side of the pictures that a model takes. `shape`: [n, height, width, channels], -1 for what is not
 * fixed. Throws `SizeNeeded` where any will do, and `ImportProblem` for what is no square picture of three
 * channels.
 */
export function inputSize(shape: readonly number[], path: string, { size }: ReadOptions): number {
  const [, height = -1, width = -1, channels = -1] = shape;
  if (shape.length !== 4)
    throw new ImportProblem(path, `takes the shape [${shape}], and a picture has four axes`, 'no-picture');
  if (channels !== 3 && channels !== -1)
    throw new ImportProblem(
      path,
      `takes pictures of ${channels} channels, and photos have three`,
      'channels',
      { channels },
    );
  const fixed = height > 0 ? height : width;
  if (height > 0 && width > 0 && height !== width)
    throw new ImportProblem(
      path,
      `takes pictures of ${height} × ${width}, and only squares are given to it`,
      'not-square',
      { height, width },
    );
  const side = fixed > 0 ? fixed : (size ?? -1);
  if (side < 0) throw new SizeNeeded(path);
  if (side < 8 || side > largestSize)
    throw new ImportProblem(path, `takes pictures of ${side} pixels; 8 to ${largestSize} are run`, 'side', {
      side,
      most: largestSize,
    });
  return side;
}

export function counted(names: Iterable<string>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
