import { expose } from 'comlink';
import { createRemoteSimilar } from './remote-similar';

/** Reads the cases and compares them off the main thread: of some thousands it takes seconds. */
expose(createRemoteSimilar());
