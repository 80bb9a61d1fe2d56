import 'fake-indexeddb/auto';
import { strToU8, zipSync } from 'fflate';
import { exampleAnalysis } from '../../src/core/fixtures/analysis';
import images from '../../src/core/fixtures/image-metadata.json';
import { documentText } from '../../src/core/report/json';
import heic from '../../src/engine/input/fixtures/heic.json';
import { colourPixels, explicitLittle, makeDicom } from '../../src/engine/input/fixtures/make-dicom';
import type { TinyPackage } from '../../src/engine/testing/build-package';
import { tinyPackage } from '../../src/engine/testing/tiny-package';
import { exportArchive } from '../../src/records/archive';
import { openCases } from '../../src/records/database';
import { everyKind } from '../../src/records/fixtures/records';
import type { ReaderName } from './readers';

/** Sound inputs of each parser: what is hostile is made of them. */

export type Bytes = Uint8Array<ArrayBuffer>;
export const bytesOf = (text: string): Bytes => new Uint8Array(strToU8(text));
const fromBase64 = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'base64'));

export const jpeg = fromBase64(images.jpeg);
export const png = fromBase64(images.png);

/** A sound package of a few hundred bytes as a zip, with some of its files changed or (null) left out. */
export function packageZip(
  change: Record<string, Bytes | null> = {},
  tiny: TinyPackage = tinyPackage(),
): Bytes {
  const files: Record<string, Uint8Array> = {};
  for (const [name, bytes] of [...tiny.files, ...Object.entries(change)]) if (bytes) files[name] = bytes;
  for (const [name, bytes] of Object.entries(change)) if (!bytes) delete files[name];
  return new Uint8Array(zipSync(files));
}

export const dicom = (elements: Parameters<typeof makeDicom>[0]['elements'] = {}, size = 4): Bytes =>
  new Uint8Array(
    makeDicom({
      syntax: explicitLittle,
      elements: { ...colourPixels(size, size, 'RGB'), ...elements },
      pixels: new Uint8Array(3 * size * size),
    }),
  );

export const document = () =>
  documentText({
    analysis: exampleAnalysis(),
    photo: { name: 'a.jpg', type: 'image/jpeg', bytes: 3, sha256: 'b'.repeat(64), data: 'AQID' },
    disclaimer: { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' },
    exportedAt: '2025-03-04T05:06:08.000Z',
  });

export async function archive(): Promise<Bytes> {
  const opened = await openCases({ name: 'hostile' });
  if (!opened.ok) throw new Error(opened.failure.code);
  await opened.value.write(everyKind());
  const disclaimer = { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' };
  const manifest = { appVersion: '0.1.0', exportedAt: '2025-03-04T05:06:07.000Z', disclaimer };
  const exported = await exportArchive(opened.value, { manifest, withDicomMetadata: true });
  await opened.value.forgetEverything();
  if (!exported.ok) throw new Error(exported.failure.code);
  return new Uint8Array(await exported.value.arrayBuffer());
}

/** By parser; photos have one for each format. */
export async function seeds(): Promise<Record<ReaderName, readonly Bytes[]>> {
  const { patients, lesions, photos } = everyKind();
  return {
    'label table': [
      bytesOf('file,label,age\na.jpg,nv,45\n"b, c.jpg",mel,\n'),
      bytesOf('sep=;\nimage_id;dx\na;nv\n'),
    ],
    'analysis as JSON': [bytesOf(document())],
    'case records': [bytesOf(JSON.stringify([...patients, ...lesions, ...photos]))],
    'list of models': [bytesOf('{"packages":["a-model","b-model"]}')],
    'model card': [bytesOf(JSON.stringify(tinyPackage().card))],
    'model package': [packageZip()],
    'archive of cases': [await archive()],
    'photo without metadata (JPEG, PNG)': [jpeg, png],
    'photo (JPEG, PNG, WebP header)': [jpeg, png, webp()],
    DICOM: [dicom()],
    'HEIC colours': [fromBase64(heic.profile), fromBase64(heic.plain)],
  };
}

/** The header of a lossless WebP of 600 by 450 pixels. */
export function webp(): Bytes {
  const bits = 599 | (449 << 14);
  const head = bytesOf('RIFF\0\0\0\0WEBPVP8L');
  const rest = [14, 0, 0, 0, 0x2f, bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, bits >>> 24];
  const whole = Uint8Array.from([...head, ...rest, ...new Array(9).fill(0)]);
  whole[4] = whole.length - 8;
  return whole;
}
