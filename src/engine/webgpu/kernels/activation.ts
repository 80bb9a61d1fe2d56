import type { Activation } from '../../graph/operations';

/** WGSL of an activation. `type` is `f32` or `vec4<f32>`. */
export function activationFunction(name: string, activation: Activation, type: string): string {
  return `fn ${name}(x: ${type}) -> ${type} { return ${expression(activation, type)}; }`;
}

function expression(activation: Activation, type: string): string {
  switch (activation) {
    case 'linear':
      return 'x';
    case 'relu':
      return `max(x, ${type}(0.0))`;
    case 'relu6':
      return `clamp(x, ${type}(0.0), ${type}(6.0))`;
    // An exponential beyond the largest float32 is not the same on every GPU.
    case 'sigmoid':
      return `1.0 / (1.0 + exp(min(-x, ${type}(80.0))))`;
    case 'swish':
      return `x / (1.0 + exp(min(-x, ${type}(80.0))))`;
  }
}
