import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import { failure, success } from '../../core/failure';
import { toResult } from '../engine-error';
import type { TinyPackage } from '../testing/build-package';
import { FakeServer } from '../testing/fake-server';
import { tinyPackage } from '../testing/tiny-package';
import { fetchVerified } from './files';

const path = 'group1-shard2of2.bin';
let tiny: TinyPackage;
let bytes: Uint8Array;
let server: FakeServer;

beforeAll(() => {
  tiny = tinyPackage();
  bytes = tiny.files.get(path) ?? new Uint8Array();
});

/** A server whose connection broke after 50 bytes of the file; from then on it carries everything. */
async function afterCut(): Promise<void> {
  server = new FakeServer(tiny);
  server.cutAfter = 50;
  expect(await get()).toEqual(failure('package-unavailable', { file: path, reason: 'network error' }));
  server.cutAfter = Number.POSITIVE_INFINITY;
  server.requests.length = 0;
}

const entry = () => tiny.card.files.find((file) => file.path === path) ?? { path, bytes: 0, sha256: '' };
const file = `tiny-classifier/${path}`;
/** How many bytes were reported, in steps. */
let steps: number[] = [];

function get(signal = new AbortController().signal, onBytes: (count: number) => void = () => {}) {
  steps = [];
  const folder = new URL('tiny-classifier/', server.models);
  return toResult(() =>
    fetchVerified(server.source, folder, entry(), signal, (count) => {
      steps.push(count);
      onBytes(count);
    }),
  );
}

const whole = () => success({ data: bytes.slice().buffer, fromCache: false, notCached: null });
const parts = () => [...server.cached.keys()].filter((key) => key.includes('/partial/'));

test('a cut download goes on where it was cut, counts what was there, and is verified as a whole', async () => {
  await afterCut();
  expect(await get()).toEqual(whole());
  expect(server.requests).toEqual([`${file} from 50`]);
  expect(steps).toEqual([50, bytes.length - 50]);
  expect(parts()).toEqual([]);
});

test('cut again and again, it comes in pieces', async () => {
  await afterCut();
  server.cutAfter = 30;
  await get();
  server.cutAfter = Number.POSITIVE_INFINITY;
  expect(await get()).toEqual(whole());
  expect(server.requests).toEqual([`${file} from 50`, `${file} from 80`]);
});

test('one that was given up goes on too', async () => {
  server = new FakeServer(tiny);
  const controller = new AbortController();
  server.cutAfter = 40;
  expect(await get(controller.signal, () => controller.abort())).toEqual(failure('cancelled'));
  server.cutAfter = Number.POSITIVE_INFINITY;
  expect(await get()).toEqual(whole());
  expect(server.requests).toEqual([file, `${file} from 40`]);
});

test('a server that knows no ranges sends all of it', async () => {
  await afterCut();
  server.ranges = false;
  expect(await get()).toEqual(whole());
  expect(server.requests).toEqual([`${file} from 50`]);
  expect(steps).toEqual([bytes.length]);
});

/** Puts 50 wrong bytes in place of the part that is kept. */
async function spoilPart(version?: string): Promise<void> {
  const headers: Record<string, string> = version ? { 'Lentigo-Version': version } : {};
  await server.source.cache.write(parts()[0] ?? '', new Uint8Array(50), headers);
}

test('what the server has another version of is not put together', async () => {
  await afterCut();
  await spoilPart('"of yesterday"');
  expect(await get()).toEqual(whole());
  expect(server.requests).toEqual([`${file} from 50`]);
  expect(steps).toEqual([bytes.length]);
});

test('a part that is wrong, of a server that names no versions: refused once, then fetched again', async () => {
  await afterCut();
  await spoilPart();
  expect(await get()).toEqual(failure('package-corrupt', { file: path }));
  expect(parts()).toEqual([]);
  expect(await get()).toEqual(whole());
});

test('a file that became shorter than the part', async () => {
  await afterCut();
  server.put(file, bytes.slice(0, 20));
  expect(await get()).toEqual(failure('package-corrupt', { file: path }));
  expect(parts()).toEqual([]);
});

test('a file that is gone: the part waits for its return', async () => {
  await afterCut();
  server.files.delete(new URL(file, server.models).href);
  expect(await get()).toEqual(failure('package-unavailable', { file: path, status: 404 }));
  server.put(file, bytes);
  expect(await get()).toEqual(whole());
  expect(server.requests.at(-1)).toBe(`${file} from 50`);
});

test('a full disk: the same failure, and the next time from the start', async () => {
  server = new FakeServer(tiny);
  server.cutAfter = 50;
  server.storageFull = true;
  expect(await get()).toEqual(failure('package-unavailable', { file: path, reason: 'network error' }));
  server.cutAfter = Number.POSITIVE_INFINITY;
  const answer = await get();
  expect(answer).toMatchObject({ ok: true, value: { notCached: 'storage-full' } });
  expect(server.requests).toEqual([file, file]);
});
