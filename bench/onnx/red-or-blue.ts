import { OnnxFile } from './file';

/** An ONNX classifier of red and blue pictures, as PyTorch would export it; `extra`: an operation more. */
export function redOrBlueOnnx(extra?: string): Buffer {
  const file = new OnnxFile();
  file.input('input', [1, 3, 32, 32]);
  // Red less blue, and blue less red.
  const weights = Float32Array.of(1, 0, -1, -1, 0, 1);
  const inputs = ['input', file.constant('weights', 'float32', [2, 3, 1, 1], weights)];
  file.node('Conv', 'features', inputs, { kernel_shape: [1, 1] });
  file.node('GlobalAveragePool', 'pooled', [extra ? file.node(extra, 'extra', ['features']) : 'features']);
  file.node('Flatten', 'flat', ['pooled']);
  file.node('Softmax', 'answer', ['flat'], { axis: 1 });
  file.output('answer');
  return Buffer.from(file.encoded());
}
