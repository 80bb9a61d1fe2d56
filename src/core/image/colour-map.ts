import type { Size } from '../geometry';

/**
 * Viridis: even steps for the eye, readable with every common colour-vision deficiency and in grey. The 256
 * colours of matplotlib 2.0 (Stefan van der Walt and Nathaniel Smith, 2015; released under CC0), 16 in a line
 * as red, green and blue in hexadecimal.
 */
const viridisHex =
  '44015444025645045745055946075a46085c460a5d460b5e470d60470e61471063471164471365481467481668481769' +
  '48186a481a6c481b6d481c6e481d6f481f70482071482173482374482475482576482677482878482979472a7a472c7a' +
  '472d7b472e7c472f7d46307e46327e46337f463480453581453781453882443983443a83443b84433d84433e85423f85' +
  '4240864241864142874144874045884046883f47883f48893e49893e4a893e4c8a3d4d8a3d4e8a3c4f8a3c508b3b518b' +
  '3b528b3a538b3a548c39558c39568c38588c38598c375a8c375b8d365c8d365d8d355e8d355f8d34608d34618d33628d' +
  '33638d32648e32658e31668e31678e31688e30698e306a8e2f6b8e2f6c8e2e6d8e2e6e8e2e6f8e2d708e2d718e2c718e' +
  '2c728e2c738e2b748e2b758e2a768e2a778e2a788e29798e297a8e297b8e287c8e287d8e277e8e277f8e27808e26818e' +
  '26828e26828e25838e25848e25858e24868e24878e23888e23898e238a8d228b8d228c8d228d8d218e8d218f8d21908d' +
  '21918c20928c20928c20938c1f948c1f958b1f968b1f978b1f988b1f998a1f9a8a1e9b8a1e9c891e9d891f9e891f9f88' +
  '1fa0881fa1881fa1871fa28720a38620a48621a58521a68522a78522a88423a98324aa8325ab8225ac8226ad8127ad81' +
  '28ae8029af7f2ab07f2cb17e2db27d2eb37c2fb47c31b57b32b67a34b67935b77937b87838b9773aba763bbb753dbc74' +
  '3fbc7340bd7242be7144bf7046c06f48c16e4ac16d4cc26c4ec36b50c46a52c56954c56856c66758c7655ac8645cc863' +
  '5ec96260ca6063cb5f65cb5e67cc5c69cd5b6ccd5a6ece5870cf5773d05675d05477d1537ad1517cd2507fd34e81d34d' +
  '84d44b86d54989d5488bd6468ed64590d74393d74195d84098d83e9bd93c9dd93ba0da39a2da37a5db36a8db34aadc32' +
  'addc30b0dd2fb2dd2db5de2bb8de29bade28bddf26c0df25c2df23c5e021c8e020cae11fcde11dd0e11cd2e21bd5e21a' +
  'd8e219dae319dde318dfe318e2e418e5e419e7e419eae51aece51befe51cf1e51df4e61ef6e620f8e621fbe723fde725';

/** 256 colours, from least to most: red, green and blue of each, [768]. */
export const viridis: Uint8Array = Uint8Array.from({ length: 768 }, (_, i) =>
  Number.parseInt(viridisHex.slice(2 * i, 2 * i + 2), 16),
);

/**
 * The place in a table of 256 colours for a value from 0 to 1; values beyond take the nearer end, NaN takes
 * 0.
 */
export function lutIndex(value: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, value || 0)));
}

/**
 * A map laid over a picture: each pixel mixed with the map's colour at its place. `picture` is RGBA, `map`
 * the values from 0 to 1 row by row at the same width and height. `opacity` 0 to 1 is that of the largest
 * value; with `fade` smaller values are fainter in proportion, so that where the map says nothing the skin
 * stays as it is. Gives RGBA with the picture's own alpha. Throws RangeError where the lengths do not fit.
 */
export function overlay(
  picture: Uint8ClampedArray,
  map: ArrayLike<number>,
  { width, height }: Size,
  {
    opacity = 0.6,
    fade = true,
    table = viridis,
  }: { opacity?: number; fade?: boolean; table?: Uint8Array } = {},
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = width * height;
  if (picture.length !== 4 * pixels || map.length !== pixels) {
    throw new RangeError(`${width} x ${height} needs ${4 * pixels} bytes and ${pixels} values.`);
  }
  const mixed = new Uint8ClampedArray(picture);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const index = lutIndex(map[pixel] ?? 0);
    const share = fade ? (opacity * index) / 255 : opacity;
    for (let channel = 0; channel < 3; channel++) {
      const at = 4 * pixel + channel;
      mixed[at] = (1 - share) * (picture[at] ?? 0) + share * (table[3 * index + channel] ?? 0);
    }
  }
  return mixed;
}
