import { afterEach, expect, test, vi } from 'vitest';
import { exampleAnalysis } from '../core/fixtures/analysis';
import { cleanPhoto, overlayPhoto, photoPixels, printablePhoto } from './pictures';

/** Pictures that leave the program, where memory is short: the failure says so, and no picture is half drawn. */

afterEach(() => vi.unstubAllGlobals());

/** A browser that opens every photo; `contexts`: what its canvases give, one after the other. */
function browser(...contexts: (object | null)[]): void {
  vi.stubGlobal('createImageBitmap', async () => ({ width: 600, height: 450, close() {} }));
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => contexts.shift() ?? null;
      convertToBlob = async () => new Blob(['a picture']);
    },
  );
}

const context = { scale() {}, fillRect() {}, drawImage() {} };
const noRoom = {
  ...context,
  drawImage() {
    throw new RangeError('Array buffer allocation failed');
  },
  getImageData() {
    throw new RangeError('Array buffer allocation failed');
  },
};
const photo = () => new Blob(['no JPEG and no PNG: it is drawn again']);
const analysis = exampleAnalysis({
  activation: { width: 1, height: 1, planes: [{ classId: 'mel', values: Float32Array.of(1) }] } as never,
});
const made = {
  'a photo without metadata': () => cleanPhoto(photo()),
  'a photo for a PDF': () => printablePhoto(photo(), 100),
  'a photo with the map': () => overlayPhoto(photo(), analysis, { classId: 'mel', scale: null }),
  'the pixels of a photo': () => photoPixels(photo()),
};

test.each(Object.entries(made))('%s: no canvas', async (_, make) => {
  browser(null);
  expect(await make()).toMatchObject({ ok: false, failure: { code: 'out-of-memory' } });
});

test.each(Object.entries(made))('%s: no room to draw', async (_, make) => {
  browser(noRoom);
  expect(await make()).toMatchObject({ ok: false, failure: { code: 'out-of-memory' } });
});

test('a map that has no canvas costs the picture: without it, it would say that the model looked nowhere', async () => {
  browser(context, null);
  expect(await made['a photo with the map']()).toMatchObject({
    ok: false,
    failure: { code: 'out-of-memory' },
  });
});

test('a file without room for its bytes, and one that is gone', async () => {
  browser();
  const file = photo();
  file.arrayBuffer = () => Promise.reject(new RangeError('Array buffer allocation failed'));
  expect(await cleanPhoto(file)).toMatchObject({ failure: { code: 'out-of-memory' } });
  file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
  expect(await cleanPhoto(file)).toMatchObject({ failure: { code: 'file-unreadable' } });
});
