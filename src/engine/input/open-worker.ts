import { expose } from 'comlink';
import { drawThumbnail } from './draw-thumbnail';
import { overlapWithMask, readMaskShape } from './mask-picture';
import { openPhoto } from './open';

/**
 * A worker for what takes long with a file, DICOM, HEIC, thumbnails and masks, so that neither the page nor the
 * engine waits for it.
 */
export type OpenWorker = {
  openPhoto: typeof openPhoto;
  drawThumbnail: typeof drawThumbnail;
  overlapWithMask: typeof overlapWithMask;
  readMaskShape: typeof readMaskShape;
};

expose({ openPhoto, drawThumbnail, overlapWithMask, readMaskShape } satisfies OpenWorker);
