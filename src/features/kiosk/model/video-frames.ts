import type { VideoFrame } from './live';

/**
 * Pixels a side of a live frame: what the network sees is smaller than that, and a PNG of it is made quickly.
 */
export const liveSide = 480;
/** Of a frame that is looked into. */
export const closeSide = 1024;
/** Milliseconds without a frame after which the camera counts as away. */
const timeoutMs = 2000;

/**
 * Waits for the camera's next frame and gives its central square, at most `side` pixels wide, as a PNG,
 * without loss; null where none comes, or the signal ends the wait. Pictures of the video only exist here and
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
  const pixels = { width: size, height: size, channels: 4 as const, data };
  return { picture: await canvas.convertToBlob({ type: 'image/png' }), pixels, number };
}

/** How many frames the video has shown once it shows the next one; null where it shows none in time. */
function presented(video: HTMLVideoElement, signal: AbortSignal): Promise<number | null> {
  return new Promise((resolve) => {
    const end = (number: number | null) => {
      clearTimeout(timer);
      video.cancelVideoFrameCallback(handle);
      signal.removeEventListener('abort', giveUp);
      resolve(number);
    };
    const giveUp = () => end(null);
    const handle = video.requestVideoFrameCallback((_, { presentedFrames }) => end(presentedFrames));
    const timer = setTimeout(giveUp, timeoutMs);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
  });
}
