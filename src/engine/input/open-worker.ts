import { expose } from 'comlink';
import { drawThumbnail } from './draw-thumbnail';
import { openPhoto } from './open';

/**
 * A worker for what takes long with a file, DICOM, HEIC and thumbnails, so that neither the page nor the
 * engine waits for it.
 */
export type OpenWorker = { openPhoto: typeof openPhoto; drawThumbnail: typeof drawThumbnail };

expose({ openPhoto, drawThumbnail } satisfies OpenWorker);
