import { expect, test } from 'vitest';
import images from '../../core/fixtures/image-metadata.json';
import heic from './fixtures/heic.json';
import { explicitLittle, makeDicom } from './fixtures/make-dicom';
import { openPhoto } from './open';

const blob = (base64: string) => new Blob([Buffer.from(base64, 'base64')]);

test('a JPEG stays the file that it is', async () => {
  const file = blob(images.jpeg);
  expect(await openPhoto(file)).toEqual({ ok: true, value: { image: file, from: 'photo', dicom: null } });
});

test('HEIC becomes PNG', async () => {
  const opened = await openPhoto(blob(heic.plain));
  expect(opened).toMatchObject({ ok: true, value: { from: 'heic', dicom: null } });
  expect(opened.ok && opened.value.image.type).toBe('image/png');
});

test('DICOM becomes PNG, with its facts', async () => {
  const pixels = Uint8Array.of(1, 2, 3, 4);
  const bytes = makeDicom({
    syntax: explicitLittle,
    elements: {
      '00101010': ['AS', '045Y'],
      '00280002': ['US', 1],
      '00280004': ['CS', 'MONOCHROME2'],
      '00280010': ['US', 2],
      '00280011': ['US', 2],
      '00280100': ['US', 8],
    },
    pixels,
  });
  const opened = await openPhoto(new Blob([new Uint8Array(bytes)]));
  expect(opened).toMatchObject({ ok: true, value: { from: 'dicom', dicom: { age: 45 } } });
});

test('a file that has gone since it was picked is unreadable', async () => {
  const gone = { arrayBuffer: () => Promise.reject(new Error('NotFoundError')) } as unknown as Blob;
  expect(await openPhoto(gone)).toMatchObject({ ok: false, failure: { code: 'file-unreadable' } });
});
