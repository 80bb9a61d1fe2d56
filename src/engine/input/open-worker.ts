import { expose } from 'comlink';
import { openPhoto } from './open';

/** A worker of its own for DICOM and HEIC: a large one takes seconds, and neither the page nor the engine need wait for it. */
export type OpenWorker = { openPhoto: typeof openPhoto };

expose({ openPhoto } satisfies OpenWorker);
