import { describe, expect, it, vi } from 'vitest';
import { createOpener } from './opener';

/** A worker that breaks as soon as it is spoken to. */
function brokenWorker() {
  const worker = Object.assign(new EventTarget(), {
    terminate: vi.fn(),
    postMessage: () => worker.dispatchEvent(Object.assign(new Event('error'), { message: 'no script' })),
  });
  return worker;
}
const dicom = () => new Blob([new Uint8Array(128), 'DICM', new Uint8Array(8)]);

describe('opening files off the main thread', () => {
  it('starts no worker for what the browser opens itself, or for what is no photo', async () => {
    const createWorker = vi.fn();
    const open = createOpener(createWorker);
    for (const file of [new Blob(['\xff\xd8\xff']), new Blob(['a letter']), new Blob([])]) {
      expect(await open(file)).toEqual({ ok: true, value: { image: file, from: 'photo', dicom: null } });
    }
    expect(createWorker).not.toHaveBeenCalled();
  });

  it('says that the worker died, and starts another for the next file', async () => {
    const createWorker = vi.fn(() => brokenWorker() as unknown as Worker);
    const open = createOpener(createWorker);
    for (const turn of [1, 2]) {
      expect(await open(dicom())).toMatchObject({ ok: false, failure: { code: 'worker-died' } });
      expect(createWorker).toHaveBeenCalledTimes(turn);
    }
  });
});
