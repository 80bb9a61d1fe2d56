import { fourfold } from './convolution';
import { doubledParts, fourFilters, laterChannels } from './doubled';
import { Editor } from './editor';
import { type Graph, sizeOf, type Weight } from './graph';
import { type Convolution, operationNode, operationOf } from './operations';

/**
 * Computes the 3 by 3 convolution behind an image of twice the size, each pixel repeated, on the image as it
 * was: four ninths of the products, and no large image in between. Where something was joined to the large
 * image, a convolution of its own computes that part.
 */
export function ownUpsampling(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    const how = operationOf('LentigoConvolution', node);
    const [image = '', filterName = '', affine = ''] = node.input ?? [];
    const filter = editor.weight(filterName);
    const parts = how && isPlain(how) ? doubledParts(editor, node, image) : null;
    if (!how || !filter || !parts) continue;
    const { small } = parts;
    const channels = editor.shape(small)?.[3] ?? 0;
    const filters = `${node.name}/doubled`;
    editor.add(filters, summed(filter, how, channels));
    const own: Convolution = {
      ...how,
      size: [2, 2],
      padding: { top: 1, left: 1, bottom: 0, right: 0 },
      channelsIn: channels,
      stored: 'float32',
      doubled: true,
    };
    const input = [small, filters, affine];
    if (parts.beside === null) {
      editor.replace(operationNode('LentigoConvolution', node.name, input, own));
      continue;
    }
    const [others, factors, sum] = [`${node.name}/others`, `${node.name}/factors`, `${node.name}/sum`];
    editor.add(others, rest(filter, how, channels));
    editor.add(factors, withoutOffset(editor.weight(affine) as Weight));
    const beside: Convolution = { ...how, channelsIn: how.channelsIn - channels, activation: 'linear' };
    editor.replace(operationNode('LentigoConvolution', sum, [parts.beside, others, factors], beside));
    editor.replace(
      operationNode('LentigoConvolution', node.name, [...input, sum], {
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

/** [4 * 2 * 2 * channels, channels out] of a packed filter. */
function summed(filter: Weight, how: Convolution, channels: number): Weight {
  const columns = fourfold(how.channelsOut);
  const values = () => fourFilters(numbersOf(filter, how), how.channelsIn, channels, columns);
  return { shape: [16 * channels, columns], dtype: 'float32', after: filter.after, values };
}

/** The rows of a packed filter for all channels from one on. */
function rest(filter: Weight, { channelsIn }: Convolution, from: number): Weight {
  const [rows = 0, columns = 0] = filter.shape;
  const shape = [(rows / channelsIn) * (channelsIn - from), columns];
  const values = () => laterChannels(filter.values(), channelsIn, from, columns);
  return { shape, dtype: filter.dtype, after: filter.after, values };
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

/** The sum of the other part has the offset. */
function withoutOffset(affine: Weight): Weight {
  const values = () => affine.values().map((value, i) => (i < sizeOf(affine.shape) / 2 ? value : 0));
  return { ...affine, values };
}
