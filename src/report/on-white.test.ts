import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { drawThumbnail } from '../engine/input/draw-thumbnail';
import { drawOnWhite } from '../engine/input/on-white';
import { readStrips } from '../engine/input/strips';
import { overlayPhoto, photoPixels, printablePhoto } from './pictures';

/** What is transparent lies on white wherever a photo is drawn: thumbnail, answer, PDF, export, letter. */

vi.mock('../engine/input/withheld', () => ({ pixelsWithheld: () => false }));
afterEach(() => vi.unstubAllGlobals());

/** A browser whose canvases say what was drawn on them, in order. */
function browser(): string[] {
  const done: string[] = [];
  const photo = { width: 40, height: 30, close() {} };
  vi.stubGlobal('createImageBitmap', async () => photo);
  vi.stubGlobal(
    'FileReaderSync',
    class {
      readAsDataURL = () => 'data:image/jpeg,';
    },
  );
  vi.stubGlobal(
    'Path2D',
    class {
      rect() {}
    },
  );
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      constructor(
        public width: number,
        public height: number,
      ) {}
      getContext = () => {
        const context = {
          ...{ fillStyle: '', scale() {}, stroke() {}, setLineDash() {}, clearRect() {} },
          fillRect: (left: number, top: number, width: number, height: number) =>
            done.push(`${context.fillStyle} ${left} ${top} ${width} ${height}`),
          drawImage: (drawn: unknown) => drawn === photo && done.push('photo'),
          getImageData: (_left: number, _top: number, width: number, height: number) => ({
            data: new Uint8ClampedArray(4 * width * height),
          }),
        };
        return context;
      };
      convertToBlob = async () => new Blob(['a picture']);
    },
  );
  return done;
}

const file = () => new Blob(['no JPEG and no PNG: it is drawn again']);
const square = { left: 0, top: 0, side: 30 };
const ways: Record<string, () => unknown> = {
  thumbnail: () => drawThumbnail(file()),
  'pixels for the model': async () => readStrips(await createImageBitmap(file()), 'white', () => {}),
  'photo in a PDF': () => printablePhoto(file()),
  'smaller photo in a PDF': () => printablePhoto(file(), 20),
  'overlay in a PDF': () =>
    overlayPhoto(file(), { square, activation: null, lesion: null } as never, { classId: 'nv', scale: null }),
  'pixels of a DICOM file': () => photoPixels(file()),
};

test.each(Object.entries(ways))('%s: white first, then the photo', async (_, draw) => {
  const done = browser();
  await draw();
  expect(done).toEqual(['white 0 0 40 30', 'photo']);
});

test('the whole picture is white before the photo is drawn at the size that is wanted', () => {
  const done: unknown[] = [];
  const context = {
    fillStyle: '',
    fillRect: (...place: number[]) => done.push([context.fillStyle, ...place]),
    drawImage: (...given: unknown[]) => done.push(given),
  };
  drawOnWhite(context as never, 'photo' as never, { width: 4, height: 3 });
  expect(done).toEqual([
    ['white', 0, 0, 4, 3],
    ['photo', 0, 0, 4, 3],
  ]);
});

/** What else is drawn on a canvas: frames of a camera, a plot, a map over a photo, masks. Nothing of it is a photo's file. */
const noPhotos = [
  ...['src/ui/plots/picture.ts', 'src/ui/camera/frames.ts', 'src/features/kiosk/model/video-frames.ts'],
  ...['src/report/pictures.ts', 'src/report/pdf-pages.ts', 'src/engine/input/strips.ts'],
  'src/engine/input/on-white.ts',
];

test('no other file draws a picture on a canvas by itself', () => {
  const root = join(import.meta.dirname, '../..');
  const drawing = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|\/(fixtures|testing)\//.test(path))
    .filter((path) => /\.drawImage\(/.test(readFileSync(join(root, path), 'utf8')));
  expect(drawing.sort()).toEqual([...noPhotos].sort());
});
