import { failure, type Result, success } from '../../core/failure';
import { centreSquare } from '../../core/geometry';
import type { Pixels } from '../../core/raster';

/** A photo from the camera, in the browser's memory and nowhere else. */
export interface CameraPhoto {
  blob: Blob;
  width: number;
  height: number;
}

/**
 * The picture that the video shows now, at its full size, as a JPEG without any metadata. A frame of the
 * video and not `ImageCapture.takePhoto`: it refocuses, fires a flash and frames again, so that the photo
 * would be another one than was judged. Fails with "camera-lost" where the video shows nothing, and
 * "out-of-memory".
 */
export async function grabPhoto(video: HTMLVideoElement): Promise<Result<CameraPhoto>> {
  const { videoWidth: width, videoHeight: height } = video;
  if (!width || !height) return failure('camera-lost');
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) return failure('out-of-memory');
  context.drawImage(video, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
  return success({ blob, width, height });
}

/**
 * The central square of what the video shows now, reduced to at most `side` pixels (RGBA); null where it
 * shows nothing yet.
 */
export function centreFrame(video: HTMLVideoElement, side: number, canvas: OffscreenCanvas): Pixels | null {
  const { videoWidth, videoHeight } = video;
  if (!videoWidth || !videoHeight) return null;
  const square = centreSquare(videoWidth, videoHeight);
  const reduced = Math.min(side, square.side);
  canvas.width = canvas.height = reduced;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(video, square.left, square.top, square.side, square.side, 0, 0, reduced, reduced);
  const { data } = context.getImageData(0, 0, reduced, reduced);
  return { width: reduced, height: reduced, channels: 4, data };
}
