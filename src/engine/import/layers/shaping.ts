import { flag } from '../attributes';
import { joined, padded, reshaped, transposed } from '../operations';
import { channelsLast, type Layer, type LayerRule, only } from './layer';

/** One number, the same on all sides; two, for height and width; or before and after each. */
function sidesOf({ config }: Layer, name: string): [number, number, number, number] {
  const value = config.raw(name) ?? 1;
  const [down, across] = Array.isArray(value) ? value : [value, value];
  const each = [down, across].flatMap((side) => (Array.isArray(side) ? side : [side, side]));
  if (each.length === 4 && each.every((side) => Number.isInteger(side) && side >= 0 && side <= 4096))
    return each as [number, number, number, number];
  return config.refuse(name, 'is no list of whole numbers from 0 up');
}

/** Layers that put numbers elsewhere and change none. */
export const shapingRules: Record<string, LayerRule> = {
  Concatenate(builder, layer, inputs) {
    const [first = ''] = inputs;
    const rank = builder.shape(first).length;
    const axis = layer.config.number('axis', -1);
    const at = axis < 0 ? axis + rank : axis;
    if (at === 0) layer.config.refuse('axis', 'joins images with each other');
    return joined(builder, layer.name, inputs, at);
  },
  ZeroPadding2D(builder, layer, inputs) {
    channelsLast(layer);
    const sides = sidesOf(layer, 'padding');
    return padded(builder, layer.name, only(layer, inputs), [0, 0, ...sides, 0, 0]);
  },
  Cropping2D(builder, layer, inputs) {
    channelsLast(layer);
    const x = only(layer, inputs);
    const [top, bottom, left, right] = sidesOf(layer, 'cropping');
    const [, height = 0, width = 0, channels = 0] = builder.shape(x);
    const begin = builder.integers([0, top, left, 0]);
    const size = builder.integers([-1, height - top - bottom, width - left - right, channels]);
    return builder.add('Slice', layer.name, [x, begin, size]);
  },
  UpSampling2D(builder, layer, inputs) {
    channelsLast(layer);
    const x = only(layer, inputs);
    if (layer.config.text('interpolation', 'nearest') !== 'nearest')
      layer.config.refuse('interpolation', 'is not nearest');
    const [, height = 0, width = 0] = builder.shape(x);
    const [down, across] = layer.config.pair('size', 2);
    const size = builder.integers([height * down, width * across]);
    const attributes = { align_corners: flag(false), half_pixel_centers: flag(false) };
    return builder.add('ResizeNearestNeighbor', layer.name, [x, size], attributes);
  },
  Flatten(builder, layer, inputs) {
    const x = only(layer, inputs);
    const length = builder
      .shape(x)
      .slice(1)
      .reduce((all, each) => all * each, 1);
    return reshaped(builder, layer.name, x, [length]);
  },
  Reshape(builder, layer, inputs) {
    const x = only(layer, inputs);
    const wanted = layer.config.numbers('target_shape');
    const all = builder
      .shape(x)
      .slice(1)
      .reduce((product, each) => product * each, 1);
    const known = wanted.filter((length) => length !== -1).reduce((product, each) => product * each, 1);
    const shape = wanted.map((length) => (length === -1 ? all / known : length));
    return reshaped(builder, layer.name, x, shape);
  },
  Permute(builder, layer, inputs) {
    return transposed(builder, layer.name, only(layer, inputs), [0, ...layer.config.numbers('dims')]);
  },
};
