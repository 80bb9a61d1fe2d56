import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, vi } from 'vitest';
import { forgetHashes } from '../src/core/card/known-hash';
import { restartSeeds } from '../src/engine/testing/seeds';

/**
 * Runs before each test file. Files share a process: what one has stored or drawn, the next does not find, each
 * draws the same numbers wherever it stands in the queue, and none finds a global or a spy of another.
 */
globalThis.indexedDB = new IDBFactory();
restartSeeds();
forgetHashes();
afterAll(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
  if (!('document' in globalThis)) return;
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
});
