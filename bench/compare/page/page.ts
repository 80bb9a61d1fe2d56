/**
 * The page of the others: onnxruntime-web and plain TensorFlow.js, as a program uses them that knows nothing
 * of Lentigo.
 */
import { goldenInputs } from '../../../src/engine/package/golden';
import type { Values } from '../../../src/engine/pass';
import { batchSize, type RivalAnswer, type RivalRequest } from '../rival';
import { openOrt } from './ort';
import { openTfjs } from './tfjs';

const minPasses = 3;

declare global {
  // What the benchmark calls.
  var rival: { measure(request: RivalRequest): Promise<RivalAnswer> };
}

globalThis.rival = {
  async measure({ program, backend, card, maxPasses, timeoutMs }) {
    const inputs = goldenInputs(card);
    const start = performance.now();
    const opened = await (program === 'ort' ? openOrt : openTfjs)(card, backend);
    const loaded = performance.now();
    const outputs = await opened.pass(inputs);
    const first = performance.now() - loaded;
    const time = async (of: Record<string, Values>, maxPasses: number) => {
      await opened.pass(of);
      const times: number[] = [];
      const begun = performance.now();
      while (
        times.length < minPasses ||
        (times.length < maxPasses && performance.now() - begun < timeoutMs)
      ) {
        const from = performance.now();
        await opened.pass(of);
        times.push(performance.now() - from);
      }
      return times;
    };
    const steady = await time(inputs, maxPasses);
    const batch =
      batchSize * Math.min(...steady) > timeoutMs
        ? null
        : await time(batched(inputs), Math.ceil(maxPasses / 4)).catch(() => null);
    const wanted = (card.task === 'segmentation' ? card.outputs.lesion : card.outputs.logits) ?? '';
    const answer = outputs[wanted] ?? new Float32Array();
    const golden = card.task === 'segmentation' ? summary(answer) : [...answer];
    const { adapter, note, bytes } = opened;
    return { adapter, note, bytes, golden, load: loaded - start, first, steady, batch };
  },
};

function batched(inputs: Record<string, Values>): Record<string, Values> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => {
      const all = new Float32Array(batchSize * data.length);
      for (let image = 0; image < batchSize; image++) all.set(data, image * data.length);
      return [name, { shape: [batchSize, ...shape.slice(1)], data: all }];
    }),
  );
}

/** Mean, minimum and maximum, as a card keeps them of a segmentation. */
function summary(numbers: Float32Array): number[] {
  let [sum, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    sum += number;
    least = Math.min(least, number);
    most = Math.max(most, number);
  }
  return [sum / numbers.length, least, most];
}
