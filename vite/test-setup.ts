import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { restartSeeds } from '../src/engine/testing/seeds';

/**
 * Runs before each test file. Files share a process: what one has stored, the next does not find, and each draws
 * the same numbers wherever it stands in the queue.
 */
globalThis.indexedDB = new IDBFactory();
restartSeeds();
