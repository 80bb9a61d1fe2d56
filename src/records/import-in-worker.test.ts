import { expect, test } from 'vitest';
import { success } from '../core/failure';
import { fakeWorker } from './fixtures/fake-worker';
import { importInWorker } from './import-in-worker';
import type { ImportPreview } from './importer';

const preview = { lesions: 1 } as unknown as ImportPreview;

test('an archive whose reading makes no progress is given up', async () => {
  const { worker, close } = fakeWorker({
    read: () => new Promise(() => {}),
    write: () => new Promise(() => {}),
  });
  expect(await importInWorker(() => worker, 1).read(new Blob(), () => {})).toMatchObject({
    ok: false,
    failure: { code: 'archive-unreadable', detail: { reason: expect.stringContaining('no progress') } },
  });
  close();
});

test('one that is read in time is read, with its progress', async () => {
  const told: number[] = [];
  const { worker, close } = fakeWorker({
    async read(_: Blob, onProgress: (fraction: number) => Promise<void>) {
      await onProgress(0.5);
      return success(preview);
    },
    write: () => new Promise(() => {}),
  });
  const read = await importInWorker(() => worker, 60_000).read(new Blob(), (fraction) => told.push(fraction));
  expect(read).toEqual(success(preview));
  expect(told).toEqual([0.5]);
  close();
});
