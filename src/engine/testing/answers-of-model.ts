import type { ForeignModel } from '../import/read-model';
import type { Values } from '../pass';
import { answersOf } from './build-graph';
import { generator } from './build-package';

/** Logits of a model that was read, one row an image, on the back end in use. */
export async function logitsOfModel(model: ForeignModel, image: Values): Promise<number[][]> {
  const graph = { ...model.graph, outputs: new Set([model.answer.outputs.logits]) };
  const [logits] = await answersOf(graph, { [model.input.name]: image });
  const { classes } = model.answer;
  const rows = (logits?.data.length ?? 0) / classes;
  return Array.from({ length: rows }, (_, row) => [
    ...(logits?.data.slice(row * classes, (row + 1) * classes) ?? []),
  ]);
}

export function softmaxOf(logits: readonly number[]): number[] {
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Pictures [count, size, size, 3] of numbers between -1 and 1, the same for the same seed. */
export function somePictures(count: number, size: number, seed: number): Values {
  const random = generator(seed);
  const data = Float32Array.from({ length: count * size * size * 3 }, () => 2 * random() - 1);
  return { shape: [count, size, size, 3], data };
}

export function largestGap(a: readonly number[][], b: readonly number[][]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  const gaps = a.flatMap((row, at) => row.map((value, column) => Math.abs(value - (b[at]?.[column] ?? NaN))));
  return gaps.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...gaps);
}
