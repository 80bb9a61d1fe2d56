import { expect, test, vi } from 'vitest';
import { failure, type Result, success } from '../core/failure';
import { createMaskReader } from './input/mask-reader';
import { createLastingWorker } from './lasting-worker';

interface Service {
  read(): Promise<Result<string>>;
}

/** A worker that answers every question in this way; null never answers. */
function worker(answer: Result<unknown> | null) {
  const made = Object.assign(new EventTarget(), {
    terminate: vi.fn(),
    postMessage({ id }: { id: string }) {
      if (!answer) return;
      const data = { id, type: 'RAW', value: answer };
      queueMicrotask(() => made.dispatchEvent(Object.assign(new Event('message'), { data })));
    },
  });
  return made;
}

/** Gives these workers out, one after the other. */
function workers(...answers: (Result<unknown> | null)[]) {
  const made = answers.map(worker);
  const waiting = [...made];
  return { made, create: () => waiting.shift() as unknown as Worker };
}

const ended = (made: ReturnType<typeof worker>[]) =>
  made.map(({ terminate }) => terminate.mock.calls.length > 0);

test('a worker that answers lasts', async () => {
  const { made, create } = workers(success('read'));
  const lasting = createLastingWorker<Service>(create, { limitMs: 60_000 });
  expect(await lasting.ask((remote) => remote.read())).toEqual(success('read'));
  expect(await lasting.ask((remote) => remote.read())).toEqual(success('read'));
  expect(ended(made)).toEqual([false]);
});

test('one that never answers is ended with all that it was asked, and the next question begins another', async () => {
  const { made, create } = workers(null, success('read'));
  const lasting = createLastingWorker<Service>(create, { limitMs: 1 });
  const both = await Promise.all([0, 1].map(() => lasting.ask((remote) => remote.read())));
  for (const answer of both) expect(answer).toMatchObject({ ok: false, failure: { code: 'worker-died' } });
  expect(await lasting.ask((remote) => remote.read())).toEqual(success('read'));
  expect(ended(made)).toEqual([true, false]);
});

test('a failure is an answer like any other, unless it costs the worker', async () => {
  const refused = failure('storage-blocked');
  const staying = workers(refused);
  const lasting = createLastingWorker<Service>(staying.create, { limitMs: 60_000 });
  for (let turn = 0; turn < 2; turn++) expect(await lasting.ask((remote) => remote.read())).toEqual(refused);
  expect(ended(staying.made)).toEqual([false]);
});

test('a mask that a decoder does not survive costs no other: late or refused, the next has a fresh worker', async () => {
  const outline = success({ width: 1, height: 1, data: new Uint8Array(1) });
  const { made, create } = workers(null, failure('file-unreadable', { reason: 'broken' }), outline);
  const masks = createMaskReader(create, 1);
  const read = () => masks.shape(new Blob());
  expect(await read()).toMatchObject({
    failure: { code: 'file-unreadable', detail: { reason: expect.stringContaining('seconds') } },
  });
  expect(await read()).toMatchObject({ failure: { detail: { reason: 'broken' } } });
  expect(await read()).toEqual(outline);
  expect(ended(made)).toEqual([true, true, false]);
});
