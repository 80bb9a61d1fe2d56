import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { diagnoses } from '../../../core/teaching/case-list';
import { findSamples, maxSamples } from './samples';

const page = 'http://127.0.0.1:5173/index.html';

/** The drawings that the program comes with, as its server gives them. */
const drawings: Record<string, string> = Object.fromEntries(
  readdirSync('public/drawn').map((name) => [
    `/drawn/${name}`,
    readFileSync(`public/drawn/${name}`, 'latin1'),
  ]),
);

function server(files: Record<string, string>) {
  return vi.fn(async (url: string) => {
    const body = files[new URL(url).pathname];
    return new Response(body ?? 'not found', { status: body === undefined ? 404 : 200 });
  });
}

it('takes the drawings that the program comes with where no folder is named', async () => {
  const fetch = server(drawings);
  const { samples, failure } = await findSamples('', page, fetch);
  expect(failure).toBeNull();
  expect(samples.length).toBeGreaterThan(1);
  expect(samples.every(({ synthetic }) => synthetic)).toBe(true);
  expect(new Set(samples.map(({ diagnosis }) => diagnosis))).toEqual(new Set(diagnoses));
  expect(samples.every(({ picture }) => picture.size > 10_000)).toBe(true);
});

it('takes the pictures of a folder that list.json names', async () => {
  const list = {
    samples: [
      { file: 'one.jpg', title: { en: 'One', ko: '하나' }, credit: 'Own photo, CC0' },
      { file: 'two.png', synthetic: true, diagnosis: 'mel', structures: ['streaks'] },
    ],
  };
  const fetch = server({
    '/samples/list.json': JSON.stringify(list),
    '/samples/one.jpg': '1',
    '/samples/two.png': '2',
  });
  const { samples, failure } = await findSamples('samples', page, fetch);
  expect(failure).toBeNull();
  expect(samples).toMatchObject([
    { id: 'one.jpg', title: { ko: '하나' }, credit: 'Own photo, CC0', synthetic: false, diagnosis: null },
    { id: 'two.png', title: null, credit: '', synthetic: true, diagnosis: 'mel', structures: ['streaks'] },
  ]);
  expect(await samples[1]?.picture.text()).toBe('2');
});

it('takes no more than a kiosk can hold, and says how many are left out', async () => {
  const names = Array.from({ length: maxSamples + 3 }, (_, at) => `${at}.jpg`);
  const list = JSON.stringify({ samples: names.map((file) => ({ file })) });
  const files = Object.fromEntries(names.map((name) => [`/samples/${name}`, '']));
  const fetch = server({ ...files, '/samples/list.json': list });
  const { samples, leftOut } = await findSamples('samples', page, fetch);
  expect(samples.map(({ id }) => id)).toEqual(names.slice(0, maxSamples));
  expect(leftOut).toBe(3);
});

it.each([
  ['https://elsewhere.example/samples/', 'elsewhere'],
  ['//elsewhere.example/samples/', 'elsewhere'],
  ['gone/', 'missing'],
  ['half/', 'missing'],
  ['odd/', 'malformed'],
  ['sly/', 'malformed'],
  ['unknown/', 'malformed'],
])('says why %s cannot be used (%s), and takes the drawings', async (folder, reason) => {
  const fetch = server({
    ...drawings,
    '/half/list.json': '{"samples":[{"file":"gone.jpg"}]}',
    '/odd/list.json': '[]',
    '/unknown/list.json': '{"samples":[{"file":"one.jpg","diagnosis":"wart"}]}',
    '/sly/list.json': '{"samples":[{"file":"../secret.jpg"}]}',
  });
  const { samples, failure } = await findSamples(folder, page, fetch);
  expect(failure?.reason).toBe(reason);
  expect(samples[0]?.synthetic).toBe(true);
  for (const [url] of fetch.mock.calls) expect(new URL(url).origin).toBe('http://127.0.0.1:5173');
});

it('says so where not even the drawings are there', async () => {
  const { samples, failure } = await findSamples('', page, server({}));
  expect(samples).toEqual([]);
  expect(failure).toEqual({ reason: 'missing', what: '/drawn/list.json' });
});

it('names the host’s folder, with no picture, where neither it nor the drawings are there', async () => {
  const { samples, failure } = await findSamples('gone/', page, server({}));
  expect(samples).toEqual([]);
  expect(failure).toEqual({ reason: 'missing', what: '/gone/list.json' });
});

it('says that a folder is missing where its server never answers', async () => {
  vi.useFakeTimers();
  const found = findSamples('own', page, () => new Promise(() => {}));
  await vi.runAllTimersAsync();
  expect(await found).toMatchObject({ samples: [], failure: { reason: 'missing' } });
  vi.useRealTimers();
});
