import type { NetworkCard } from '../../core/card/card';
import { goldenMask, integerRamp, unknownMetadata } from '../../core/card/golden';
import { normalise } from '../input/tensor';
import type { Network } from '../network';
import type { Values } from '../pass';

/** The network's inputs for the golden sample (docs/model-package.md). */
export function goldenInputs(card: NetworkCard): Record<string, Values> {
  const { height, width, channels, name } = card.input;
  const image = normalise(integerRamp(height, width, channels), card.input);
  const inputs: Record<string, Values> = { [name]: { shape: [1, height, width, channels], data: image } };
  if (card.task === 'fusion') inputs.mask = { shape: [1, height, width, 1], data: goldenMask(height, width) };
  if (card.metadata) {
    inputs.metadata = { shape: [1, card.metadata.width], data: unknownMetadata(card.metadata) };
  }
  return inputs;
}

/**
 * What the network answers to the golden sample, in the numbers that a card keeps of it. All outputs are
 * computed, as for a photo.
 */
export async function goldenAnswer(card: NetworkCard, network: Network): Promise<number[]> {
  const outputs = Object.values(card.outputs);
  const answers = await network.forward(goldenInputs(card), outputs);
  const answer = answers[outputs.indexOf(goldenOutput(card))];
  return card.task === 'segmentation' ? summary(answer?.data) : [...(answer?.data ?? [])];
}

/**
 * The largest difference between an answer to the golden sample and what PyTorch answered; NaN counts as
 * infinite.
 */
export function goldenDifference(card: NetworkCard, answer: readonly number[]): number {
  return largestDifference(answer, expectedAnswer(card));
}

/** Infinite where the two are not of one length, or not of numbers. */
export function largestDifference(numbers: readonly number[], expected: readonly number[]): number {
  if (numbers.length !== expected.length) return Number.POSITIVE_INFINITY;
  const differences = numbers.map((number, index) => Math.abs(number - (expected[index] as number)));
  return differences.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...differences);
}

/** The numbers that PyTorch answered: the logits, or mean, minimum and maximum of a segmenter's. */
export function expectedAnswer({ golden: { logits = [], lesion } }: NetworkCard): number[] {
  return lesion ? [lesion.mean, lesion.minimum, lesion.maximum] : logits;
}

/**
 * One pass that is handed to the back end and never read: it makes a GPU compile the shaders of all outputs.
 */
export function compileFor(card: NetworkCard, network: Network): void {
  network.compute(goldenInputs(card), Object.values(card.outputs)).packed.dispose();
}

function goldenOutput({ task, outputs }: NetworkCard): string {
  return (task === 'segmentation' ? outputs.lesion : outputs.logits) as string;
}

/** Mean, minimum and maximum, the golden numbers of a segmentation. */
function summary(values: Float32Array = new Float32Array()): number[] {
  const [sum, min, max] = values.reduce<[number, number, number]>(
    ([total, low, high], value) => [total + value, Math.min(low, value), Math.max(high, value)],
    [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  return [sum / values.length, min, max];
}
