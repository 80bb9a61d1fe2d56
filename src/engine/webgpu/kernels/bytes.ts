import type { Convolution } from '../../graph/operations';

/** How a filter's numbers are read four at a time, whatever they are stored as. */

export const storedType = (stored: Convolution['stored']) => (stored === 'bytes' ? 'u32' : 'vec4<f32>');

/** An expression for four numbers of the array `name`. */
export const read = (stored: Convolution['stored'], name: string, place: string) =>
  stored === 'bytes' ? `numbers(${name}[${place}])` : `${name}[${place}]`;

/** What `read` needs where a filter is stored in bytes. */
export const unpack = `
/** Four bytes, the first one lowest, each as itself minus 128. */
fn numbers(word: u32) -> vec4<f32> {
  return vec4<f32>(vec4<u32>(word, word >> 8u, word >> 16u, word >> 24u) & vec4<u32>(255u)) - 128.0;
}`;
