import { OnnxFile } from '../../bench/onnx/file';

/**
 * A made classifier for tests: red less blue and the edges of a 32 x 32 picture, and a dense layer on them, so that
 * its features can be read. Edges have no part in its answer, and give noise away.
 */
export function redOrBlueByEdges(): Uint8Array {
  const file = new OnnxFile();
  file.input('input', [1, 3, 32, 32]);
  // Of 3 x 3 pixels: red less blue, blue less red, and how much the middle differs from its right side.
  const filter = new Float32Array(4 * 3 * 9);
  const put = (out: number, channel: number, at: number, value: number) => {
    filter[(out * 3 + channel) * 9 + at] = value;
  };
  for (const [out, sign] of [
    [0, 1],
    [1, -1],
  ] as const) {
    put(out, 0, 4, sign);
    put(out, 2, 4, -sign);
  }
  for (const [out, sign] of [
    [2, 1],
    [3, -1],
  ] as const) {
    put(out, 1, 4, 8 * sign);
    put(out, 1, 5, -8 * sign);
  }
  const weights = file.constant('weights', 'float32', [4, 3, 3, 3], filter);
  file.node('Conv', 'features', ['input', weights], { kernel_shape: [3, 3] });
  file.node('Relu', 'positive', ['features']);
  file.node('GlobalAveragePool', 'pooled', ['positive']);
  file.node('Flatten', 'flat', ['pooled']);
  const dense = Float32Array.of(4, 0, 0, 4, 0, 0, 0, 0);
  file.node('MatMul', 'logits', ['flat', file.constant('dense', 'float32', [4, 2], dense)]);
  file.node('Softmax', 'answer', ['logits'], { axis: 1 });
  file.output('answer');
  return file.encoded();
}
