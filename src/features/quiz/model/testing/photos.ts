import { encodePng, pngChunk } from '../../../../core/image/png';

/** A small picture of one grey, another file for each. */
export function greyPhoto(grey: number, size = 40): Uint8Array<ArrayBuffer> {
  return encodePng({
    width: size,
    height: size,
    channels: 3,
    data: new Uint8Array(3 * size * size).fill(grey),
  });
}

/** The same picture with a text beside it, as cameras write one. */
export function withText(png: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const chunk = pngChunk('tEXt', new TextEncoder().encode(`Comment\0${text}`));
  // Behind the signature (8 bytes) and the header (25).
  return Uint8Array.from([...png.subarray(0, 33), ...chunk, ...png.subarray(33)]);
}

export const photoFile = (name: string, grey: number) =>
  new File([withText(greyPhoto(grey), 'Jane Doe')], name, { type: 'image/png' });
