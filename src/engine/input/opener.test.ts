import { describe, expect, it, vi } from 'vitest';
import { failure } from '../../core/failure';
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

  it('opens the file after a refused one in another worker', async () => {
    const refusing = () => {
      const worker = Object.assign(new EventTarget(), {
        terminate: vi.fn(),
        postMessage: ({ id }: { id: string }) => {
          const value = failure('file-unreadable', { reason: 'libheif' });
          const data = { id, type: 'RAW', value };
          queueMicrotask(() => worker.dispatchEvent(Object.assign(new Event('message'), { data })));
        },
      });
      return worker;
    };
    const workers = [refusing(), refusing()];
    const [first, second] = workers;
    const open = createOpener(() => workers.shift() as unknown as Worker);
    for (const worker of [first, second]) {
      expect(await open(dicom())).toMatchObject({ ok: false, failure: { detail: { reason: 'libheif' } } });
      expect(worker?.terminate).toHaveBeenCalledTimes(1);
    }
  });

  it('opens a file in another worker where the one before died meanwhile', async () => {
    const answering = () => {
      const worker = Object.assign(new EventTarget(), {
        terminate: vi.fn(),
        postMessage: ({ id }: { id: string }) => {
          const data = { id, type: 'RAW', value: { ok: true, value: 'opened' } };
          queueMicrotask(() => worker.dispatchEvent(Object.assign(new Event('message'), { data })));
        },
      });
      return worker;
    };
    const first = answering();
    const workers = [first, answering()];
    const open = createOpener(() => workers.shift() as unknown as Worker);
    expect(await open(dicom())).toMatchObject({ ok: true });
    first.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    expect(await open(dicom())).toMatchObject({ ok: true });
    expect(workers).toEqual([]);
  });

  it('gives a file up that never opens, with its worker, and opens the next in another', async () => {
    const silent = Object.assign(new EventTarget(), { terminate: vi.fn(), postMessage: () => {} });
    const workers = [silent, brokenWorker()];
    const open = createOpener(() => workers.shift() as unknown as Worker, 20);
    const [first, second] = await Promise.all([open(dicom()), open(dicom())]);
    expect(first).toEqual({
      ok: false,
      failure: { code: 'file-unreadable', detail: { reason: 'it was not open after 0.02 seconds' } },
    });
    expect(silent.terminate).toHaveBeenCalledTimes(1);
    expect(second).toMatchObject({ ok: false, failure: { code: 'worker-died' } });
  });
});
