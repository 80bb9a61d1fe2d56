import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A picture as the camera is to show it: RGBA, row by row, an even number of pixels wide and high. */
export interface CameraPicture {
  width: number;
  height: number;
  data: ArrayLike<number>;
}

/** Flags that give Chromium a camera which shows one picture for ever, and the permission to use it. */
export function fakeCamera(picture: CameraPicture, framesPerSecond = 20): string[] {
  const file = join(mkdtempSync(join(tmpdir(), 'lentigo-camera-')), 'camera.y4m');
  writeFileSync(file, y4m(picture, framesPerSecond));
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ];
}

/**
 * A drawn picture with a camera's noise: without any, the input gate rightly calls it blurred. The same noise
 * every time.
 */
export function withGrain(pixels: Uint8ClampedArray): Uint8ClampedArray {
  let state = 7;
  return pixels.map((value, at) => {
    if (at % 4 === 3) return value;
    state = (state * 16807) % 2147483647;
    return value + 60 * (state / 2147483647 - 0.5);
  });
}

/**
 * The picture as a video of two frames in the YUV4MPEG2 format, colours by ITU-R BT.601 with 4:2:0
 * subsampling.
 */
function y4m({ width, height, data }: CameraPicture, framesPerSecond: number): Buffer {
  const luma = Buffer.alloc(width * height);
  const blue = Buffer.alloc((width * height) / 4);
  const red = Buffer.alloc((width * height) / 4);
  const at = (x: number, y: number): [number, number, number] => {
    const i = 4 * (y * width + x);
    return [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b] = at(x, y);
      luma[y * width + x] = 16 + (65.738 * r + 129.057 * g + 25.064 * b) / 256;
      if (x % 2 || y % 2) continue;
      const corner = (y / 2) * (width / 2) + x / 2;
      blue[corner] = 128 + (-37.945 * r - 74.494 * g + 112.439 * b) / 256;
      red[corner] = 128 + (112.439 * r - 94.154 * g - 18.285 * b) / 256;
    }
  }
  const frame = [Buffer.from('FRAME\n'), luma, blue, red];
  const header = `YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip C420\n`;
  return Buffer.concat([Buffer.from(header), ...frame, ...frame]);
}
