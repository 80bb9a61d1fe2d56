import 'fake-indexeddb/auto';
import { zipSync } from 'fflate';
import { exampleAnalysis } from '../../src/core/fixtures/analysis';
import images from '../../src/core/fixtures/image-metadata.json';
import { documentText } from '../../src/core/report/json';
import heic from '../../src/engine/input/fixtures/heic.json';
import {
  colourPixels,
  explicitLittle,
  implicitLittle,
  jpegBaseline,
  makeDicom,
} from '../../src/engine/input/fixtures/make-dicom';
import type { TinyPackage } from '../../src/engine/testing/build-package';
import { tinyPackage } from '../../src/engine/testing/tiny-package';
import { languageTemplate } from '../../src/features/kiosk/model/language-file';
import { exportArchive } from '../../src/records/archive';
import { openCases } from '../../src/records/database';
import { everyKind } from '../../src/records/fixtures/records';
import { type Bytes, bytesOf } from './bytes';
import type { ReaderName } from './readers';
import { kioskTexts } from './readers-of-screens';
import * as screens from './seeds-of-screens';
import { graphModel, onnxModel, richOnnxModel, teachableMachine, teachableMachineZip } from './small-models';

/** Sound inputs of each parser: what is hostile is made of them. */

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

/** The syntaxes that are read, each with pixels of its kind. */
const dicoms = (): Bytes[] => {
  const described = (photometric: string) => colourPixels(4, 4, photometric);
  const parts = { elements: described('RGB'), pixels: new Uint8Array(48) };
  const fragments = { fragments: [jpeg.slice(0, 200), jpeg.slice(200)], offsets: [0] };
  return [
    dicom(),
    new Uint8Array(makeDicom({ syntax: implicitLittle, ...parts })),
    new Uint8Array(
      makeDicom({ syntax: jpegBaseline, elements: described('YBR_FULL_422'), pixels: fragments }),
    ),
  ];
};

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

const bytesIn = async (file: Blob): Promise<Bytes> => new Uint8Array(await file.arrayBuffer());
const modelJson = (files: ReturnType<typeof graphModel>): Bytes =>
  new Uint8Array(files.find(({ name }) => name === 'model.json')?.bytes ?? []);

/** By parser; photos have one for each format. */
export async function seeds(): Promise<Record<ReaderName, readonly Bytes[]>> {
  const { patients, lesions, photos, entries } = everyKind();
  return {
    'label table': [
      bytesOf('file,label,age\na.jpg,nv,45\n"b, c.jpg",mel,\n'),
      bytesOf('sep=;\nimage_id;dx\na;nv\n'),
    ],
    'analysis as JSON': [bytesOf(document())],
    'case records': [bytesOf(JSON.stringify({ patients, lesions, photos, entries }))],
    'list of models': [bytesOf('{"packages":["a-model","b-model"]}')],
    'model card': [bytesOf(JSON.stringify(tinyPackage().card))],
    'model package': [packageZip()],
    'archive of cases': [await archive()],
    'photo without metadata (JPEG, PNG)': [jpeg, png],
    'photo (JPEG, PNG, WebP header)': [jpeg, png, webp()],
    DICOM: dicoms(),
    'HEIC colours': [fromBase64(heic.profile), fromBase64(heic.plain)],
    'teaching set (zip)': [await bytesIn(await screens.teachingSet())],
    'session of the clinic (zip)': [await bytesIn(await screens.session())],
    'results of an evaluation': [bytesOf(screens.results())],
    'part of an evaluation': [bytesOf(screens.part())],
    'calibration of a site': [bytesOf(screens.siteCalibration())],
    'language file of the kiosk': [bytesOf(languageTemplate(kioskTexts).replace('"xx"', '"nl"'))],
    'takeaway (address)': [bytesOf(screens.takeaway())],
    'public address of a kiosk': [bytesOf('https://museum.example:8443/lentigo/index.html?a#b')],
    'list.json of samples': [bytesOf(screens.caseList())],
    'ONNX model': [onnxModel(), richOnnxModel()],
    'graph model (model.json)': [modelJson(graphModel())],
    'layers model (model.json)': [modelJson(teachableMachine())],
    'Teachable Machine zip': [teachableMachineZip()],
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
