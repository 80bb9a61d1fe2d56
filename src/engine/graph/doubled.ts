import { flag } from './attributes';
import type { Editor } from './editor';
import type { GraphNode } from './graph';

/**
 * A convolution behind an image of twice the size, each pixel repeated: each pixel of its result sees only 2
 * by 2 different pixels, whose factors can be added up beforehand. Which sums they are differs between even
 * and odd rows and columns, hence four filters.
 */

/** The image that is doubled, and what stands beside it in the image that the convolution reads. */
export function doubledParts(
  editor: Editor,
  reader: GraphNode,
  image: string,
): { small: string; beside: string | null } | null {
  if (editor.onlyReader(image) !== reader) return null;
  const source = editor.node(image);
  const small = doubledImage(editor, source);
  if (small) return { small, beside: null };
  const [large = '', beside = '', axis, ...more] = source?.input ?? [];
  if (source?.op !== 'ConcatV2' || more.length > 0 || editor.onlyReader(large) !== source) return null;
  const [along] = editor.weight(axis)?.values() ?? [];
  const first = doubledImage(editor, editor.node(large));
  return first && (along === 3 || along === -1) ? { small: first, beside } : null;
}

function doubledImage(editor: Editor, node: GraphNode | undefined): string | null {
  const [small = ''] = node?.input ?? [];
  if (node?.op !== 'ResizeNearestNeighbor') return null;
  if (flag(node, 'align_corners') || flag(node, 'half_pixel_centers')) return null;
  const [, height = 0, width = 0] = editor.shape(small) ?? [];
  const [, outHeight, outWidth] = editor.shape(node.name) ?? [];
  return height > 0 && outHeight === 2 * height && outWidth === 2 * width ? small : null;
}

/**
 * Which of a filter's three rows fall on the first and on the second of the two rows that a row of the result
 * sees, for even and odd ones.
 */
const falls = [
  [[0], [1, 2]],
  [[0, 1], [2]],
] as const;

/**
 * The filters for even rows and even columns, even and odd, odd and even, odd and odd: [4, 2, 2, channels,
 * columns] of the first channels of a filter [3, 3, all channels, columns].
 */
export function fourFilters(
  filter: Float32Array,
  all: number,
  channels: number,
  columns: number,
): Float32Array {
  const length = channels * columns;
  const four = new Float32Array(16 * length);
  let at = 0;
  for (let phase = 0; phase < 4; phase++) {
    for (const rows of falls[phase >> 1] ?? []) {
      for (const across of falls[phase & 1] ?? []) {
        for (const row of rows) {
          for (const column of across) {
            const from = (row * 3 + column) * all * columns;
            for (let i = 0; i < length; i++)
              four[at + i] = (four[at + i] as number) + (filter[from + i] as number);
          }
        }
        at += length;
      }
    }
  }
  return four;
}

/** The rows of a filter [pixels * all channels, columns] for all channels from one on. */
export function laterChannels<Numbers extends Float32Array | Int32Array>(
  filter: Numbers,
  all: number,
  from: number,
  columns: number,
): Numbers {
  const pixels = filter.length / (all * columns);
  const length = (all - from) * columns;
  const later = filter.slice(0, pixels * length) as Numbers;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const start = (pixel * all + from) * columns;
    later.set(filter.subarray(start, start + length), pixel * length);
  }
  return later;
}
