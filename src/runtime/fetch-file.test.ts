import { expect, test } from 'vitest';
import { fetchFile } from './fetch-file';

const limits = { answerMs: 1, pauseMs: 1 };
const timeout = { failure: { code: 'package-timeout' } };

test('a file comes whole, with its kind', async () => {
  const response = await fetchFile(
    'drawn/list.json',
    async () => new Response('{"a": 1}', { headers: { 'content-type': 'application/json' } }),
  );
  expect((await response.blob()).type).toBe('application/json');
  const missing = await fetchFile('drawn/list.json', async () => new Response('no', { status: 404 }));
  expect({ ok: missing.ok, status: missing.status }).toEqual({ ok: false, status: 404 });
});

test('a server that accepts and never answers is given up', async () => {
  await expect(fetchFile('font.ttf', () => new Promise(() => {}), limits)).rejects.toMatchObject(timeout);
});

test('so is one that stops in the middle', async () => {
  const stops = new ReadableStream({ start: (controller) => controller.enqueue(Uint8Array.of(1)) });
  await expect(fetchFile('font.ttf', async () => new Response(stops), limits)).rejects.toMatchObject(timeout);
});
