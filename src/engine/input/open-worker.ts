import { expose } from 'comlink';
import { drawThumbnail } from './draw-thumbnail';
import { readMaskPicture } from './mask-picture';
import { openPhoto } from './open';

/**
 * A worker for what takes long with a file, DICOM, HEIC, thumbnails and masks, so that neither the page nor the
 * engine waits for it.
 */
export type OpenWorker = {
  openPhoto: typeof openPhoto;
  drawThumbnail: typeof drawThumbnail;
  readMaskPicture: typeof readMaskPicture;
};

expose({ openPhoto, drawThumbnail, readMaskPicture } satisfies OpenWorker);
