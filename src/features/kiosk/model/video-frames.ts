import { afterAwake } from '../../../engine/awake-timer';
import type { VideoFrame } from './live';

/**
 * Pixels a side of a live frame: what the network sees is smaller than that.
 */
export const liveSide = 480;
/** Of a frame that is looked into. */
export const closeSide = 1024;
/** Milliseconds without a frame after which the camera counts as away. */
const timeoutMs = 2000;

/**
 * Waits for the camera's next frame and gives its central square, at most `side` pixels wide; null if none comes,
 * or the signal ends the wait. The pixels go to the engine as they are, since a picture file of each would cost frames. Pictures of the video only exist here and
 * in the engine, one at a time.
 */
export async function nextFrame(
  video: HTMLVideoElement | null,
  side: number,
  signal: AbortSignal,
): Promise<VideoFrame | null> {
  if (!video) return null;
  const number = await presented(video, signal);
  const { videoWidth: width, videoHeight: height } = video;
  if (number === null || !width || !height) return null;
  const square = Math.min(width, height);
  const size = Math.min(side, square);
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(video, (width - square) / 2, (height - square) / 2, square, square, 0, 0, size, size);
  const { data } = context.getImageData(0, 0, size, size);
  return { pixels: { width: size, height: size, channels: 4, data }, number };
}

/** A frame as a PNG file, without loss. */
export async function frameFile({ pixels: { width, height, data } }: VideoFrame): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** How many frames the video has shown once it shows the next one; null where it shows none in time. */
function presented(video: HTMLVideoElement, signal: AbortSignal): Promise<number | null> {
  return new Promise((resolve) => {
    const end = (number: number | null) => {
      stop();
      video.cancelVideoFrameCallback(handle);
      signal.removeEventListener('abort', giveUp);
      resolve(number);
    };
    const giveUp = () => end(null);
    const handle = video.requestVideoFrameCallback((_, { presentedFrames }) => end(presentedFrames));
    const stop = afterAwake(timeoutMs, giveUp);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
  });
}
