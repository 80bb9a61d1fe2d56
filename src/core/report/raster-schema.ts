import { z } from 'zod';
import { fromBase64, toBase64 } from './base64';

/** Rasters in JSON: Base64 of their bytes, little-endian. */

export const float32 = z.codec(z.base64(), z.instanceof(Float32Array<ArrayBufferLike>), {
  decode(text, context) {
    const bytes = fromBase64(text);
    if (bytes.length % 4 !== 0) {
      context.issues.push({ code: 'custom', input: text, message: 'must be whole 32-bit numbers' });
      return z.NEVER;
    }
    const view = new DataView(bytes.buffer);
    return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(4 * index, true));
  },
  encode(values) {
    const view = new DataView(new ArrayBuffer(4 * values.length));
    values.forEach((value, index) => {
      view.setFloat32(4 * index, value, true);
    });
    return toBase64(new Uint8Array(view.buffer));
  },
});

export const mask = z
  .object({
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    data: z.codec(z.base64(), z.instanceof(Uint8Array<ArrayBufferLike>), {
      decode: fromBase64,
      encode: toBase64,
    }),
  })
  .refine(({ width, height, data }) => data.length === width * height, {
    message: 'a mask must hold width x height values',
  });
