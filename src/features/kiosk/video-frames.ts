import type { Frame } from '../../cases/kiosk/live';

/** Pixels a side of a live frame: what the network sees is smaller than that, and a PNG of it is made quickly. */
export const liveSide = 480;
/** Of a frame that is looked into. */
export const closeSide = 1024;
/** Milliseconds without a frame after which the camera counts as away. */
const patience = 2000;

/**
 * Waits for the camera's next frame and gives its central square, at most `side` pixels wide, as a PNG, without loss; null where none comes. Pictures of the
 * video only exist here and in the engine, one at a time.
 */
export async function nextFrame(video: HTMLVideoElement | null, side: number): Promise<Frame | null> {
  if (!video) return null;
  const number = await presented(video);
  const { videoWidth: width, videoHeight: height } = video;
  if (number === null || !width || !height) return null;
  const square = Math.min(width, height);
  const size = Math.min(side, square);
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(video, (width - square) / 2, (height - square) / 2, square, square, 0, 0, size, size);
  return { picture: await canvas.convertToBlob({ type: 'image/png' }), number };
}

/** How many frames the video has shown once it shows the next one; null where it shows none in time. */
function presented(video: HTMLVideoElement): Promise<number | null> {
  return new Promise((resolve) => {
    const handle = video.requestVideoFrameCallback((_, { presentedFrames }) => {
      clearTimeout(timer);
      resolve(presentedFrames);
    });
    const timer = setTimeout(() => {
      video.cancelVideoFrameCallback(handle);
      resolve(null);
    }, patience);
  });
}
