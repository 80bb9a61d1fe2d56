import { flag } from './attributes';
import { Editor } from './editor';
import { type Graph, type GraphNode, sizeOf, type Weight } from './graph';
import { type Convolution, operationNode, operationOf } from './operations';

/**
 * Computes the 3 by 3 convolution behind an image of twice the size, each pixel repeated, on the image as it was. Each pixel of the result
 * sees only 2 by 2 different pixels then, whose factors can be added up beforehand: four ninths of the products, and no large image in
 * between. Which sums they are differs between even and odd rows and columns, hence four filters. Where something was joined to the
 * large image, a convolution of its own computes that part.
 */
export function ownUpsampling(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    const how = operationOf('LentigoConvolution', node);
    const [image = '', filterName = '', affine = ''] = node.input ?? [];
    const filter = editor.weight(filterName);
    const parts = how && isPlain(how) ? partsOf(editor, node, image) : null;
    if (!how || !filter || !parts) continue;
    const { small, beside } = parts;
    const channels = editor.shape(small)?.[3] ?? 0;
    const filters = `${node.name}/doubled`;
    editor.add(filters, fourFilters(filter, how, channels));
    const own: Convolution = {
      ...how,
      size: [2, 2],
      padding: { top: 1, left: 1, bottom: 0, right: 0 },
      channelsIn: channels,
      stored: 'float32',
      doubled: true,
    };
    const input = [small, filters, affine];
    if (beside === null) {
      editor.replace(operationNode('LentigoConvolution', node.name, input, own));
      continue;
    }
    const [rest, factors, sum] = ['rest', 'rest/affine', 'rest/sum'].map((part) => `${node.name}/${part}`);
    editor.add(rest as string, laterChannels(filter, how, channels));
    editor.add(factors as string, withoutOffset(editor.weight(affine) as Weight));
    const other: Convolution = { ...how, channelsIn: how.channelsIn - channels, activation: 'linear' };
    editor.replace(
      operationNode('LentigoConvolution', sum as string, [beside, rest as string, factors as string], other),
    );
    editor.replace(
      operationNode('LentigoConvolution', node.name, [...input, sum as string], {
        ...own,
        parts: [...own.parts, 'residual'],
      }),
    );
  }
  return editor.finish();
}

/** 3 by 3, one pixel after the other, one row of zeros around, and nothing fused to it but an activation. */
function isPlain({ size, strides, dilations, padding, parts, before }: Convolution): boolean {
  const ones = [...strides, ...dilations].every((step) => step === 1) && size.every((side) => side === 3);
  const around =
    padding === 'same' ||
    [padding.top, padding.left, padding.bottom, padding.right].every((side) => side === 1);
  return ones && around && parts.length === 3 && before === 'linear';
}

/** The image that is doubled, and what stands beside it in the image that the convolution reads. */
function partsOf(
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

/** Which of a filter's three rows fall on the first and on the second of the two rows that a row of the result sees, for even and odd ones. */
const falls = [
  [[0], [1, 2]],
  [[0, 1], [2]],
] as const;

/** [4 * 2 * 2 * channels, channels out]: the filters for even rows and even columns, even and odd, odd and even, odd and odd. */
function fourFilters(filter: Weight, how: Convolution, channels: number): Weight {
  const columns = 4 * Math.ceil(how.channelsOut / 4);
  const shape = [16 * channels, columns];
  const length = channels * columns;
  const values = () => {
    const before = numbersOf(filter, how);
    const after = new Float32Array(sizeOf(shape));
    let at = 0;
    for (let phase = 0; phase < 4; phase++) {
      const rowsOf = falls[phase >> 1] as (typeof falls)[number];
      const columnsOf = falls[phase & 1] as (typeof falls)[number];
      for (const rows of rowsOf) {
        for (const across of columnsOf) {
          for (const row of rows) {
            for (const column of across) {
              const from = (row * 3 + column) * how.channelsIn * columns;
              for (let i = 0; i < length; i++)
                after[at + i] = (after[at + i] as number) + (before[from + i] as number);
            }
          }
          at += length;
        }
      }
    }
    return after;
  };
  return { shape, dtype: 'float32', after: filter.after, values };
}

/** A packed filter as float32. */
function numbersOf(filter: Weight, { stored }: Convolution): Float32Array {
  const values = filter.values();
  if (stored === 'float32') return values as Float32Array;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const numbers = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) numbers[i] = (bytes[i] as number) - 128;
  return numbers;
}

/** The rows of a packed filter for all channels from one on. */
function laterChannels(filter: Weight, { channelsIn }: Convolution, from: number): Weight {
  const [rows = 0, length = 0] = filter.shape;
  const pixels = rows / channelsIn;
  const rest = channelsIn - from;
  const shape = [pixels * rest, length];
  const values = () => {
    const before = filter.values();
    const after = before.slice(0, sizeOf(shape));
    for (let pixel = 0; pixel < pixels; pixel++) {
      const start = (pixel * channelsIn + from) * length;
      after.set(before.subarray(start, start + rest * length), pixel * rest * length);
    }
    return after;
  };
  return { shape, dtype: filter.dtype, after: filter.after, values };
}

/** The sum of the other part has the offset. */
function withoutOffset(affine: Weight): Weight {
  const values = () => affine.values().map((value, i) => (i < sizeOf(affine.shape) / 2 ? value : 0));
  return { ...affine, values };
}
