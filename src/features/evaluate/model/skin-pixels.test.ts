import { afterEach, expect, test, vi } from 'vitest';
import { readSkin } from './skin-pixels';

// The canvas of this test gives nothing back.
vi.mock('../../../engine/input/withheld', () => ({ pixelsWithheld: () => false }));
afterEach(() => vi.unstubAllGlobals());

test('what is transparent in a photo lies on white, as the model saw it', async () => {
  const done: string[] = [];
  let fillStyle = '';
  vi.stubGlobal('createImageBitmap', async () => ({ close: () => done.push('close') }));
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({
        set fillStyle(value: string) {
          fillStyle = value;
        },
        fillRect: (...place: number[]) => done.push(`${fillStyle} ${place.join(' ')}`),
        drawImage: () => done.push('photo'),
        getImageData: (_left: number, _top: number, width: number, height: number) => ({
          ...{ width, height, data: new Uint8ClampedArray(4 * width * height) },
        }),
      });
    },
  );
  const skin = await readSkin(new Blob());
  expect(done).toEqual([`white 0 0 ${skin?.width} ${skin?.height}`, 'photo', 'close']);
});
