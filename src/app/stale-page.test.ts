// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { watchStalePage } from './stale-page';

const pageOf = (build: string) =>
  `<html><head><script type="module" src="./assets/index-${build}.js"></script></head><body><div id="root"></div></body></html>`;

/** A page of build "old" in a tab with this memory; `served`: what the server answers now. */
function open(
  served: () => Response,
  { isIdle = (): boolean => true, memory = new Map<string, string>() } = {},
) {
  const reload = vi.fn();
  const propose = vi.fn();
  const storage = {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => void memory.set(key, value),
  };
  const own = './assets/index-old.js';
  const fetch = async () => served();
  watchStalePage({ isIdle, installation: { propose }, reload, fetch, storage, own, signal: ended.signal });
  const fail = async () => {
    dispatchEvent(new Event('vite:preloadError'));
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { reload, propose, fail, memory };
}

const newer = () => new Response(pageOf('new'));

let ended = new AbortController();
afterEach(() => {
  ended.abort();
  ended = new AbortController();
});

test('a newer build takes the place of a page on which nothing was begun, by itself and once', async () => {
  const page = open(newer);
  await page.fail();
  expect(page.reload).toHaveBeenCalledTimes(1);
  expect(page.propose).not.toHaveBeenCalled();
  // The reload came to the same build again: it is offered, never a circle.
  ended.abort();
  ended = new AbortController();
  const again = open(newer, { memory: page.memory });
  await again.fail();
  expect(again.reload).not.toHaveBeenCalled();
  expect(again.propose).toHaveBeenCalledWith('update');
});

test('two builds that take turns on the server do not reload for ever', async () => {
  const memory = new Map([['lentigo-stale-builds', './assets/index-old.js\n./assets/index-new.js']]);
  const page = open(newer, { memory });
  await page.fail();
  expect(page.reload).not.toHaveBeenCalled();
});

test.each([
  ['photos are open or an engine works', () => {}, false],
  ['something was typed', () => dispatchEvent(new Event('input')), true],
  ['something was dropped', () => dispatchEvent(new Event('drop')), true],
  [
    'a screen with results was left',
    () => {
      const left = new Event('hashchange');
      Object.assign(left, { oldURL: 'http://clinic.test/#/benchmark?x' });
      dispatchEvent(left);
    },
    true,
  ],
])('where %s the newer build is offered', async (_what, begin, idle) => {
  const page = open(newer, { isIdle: () => idle });
  begin();
  await page.fail();
  expect(page.reload).not.toHaveBeenCalled();
  expect(page.propose).toHaveBeenCalledWith('update');
});

test.each([
  ['the same build', () => new Response(pageOf('old'))],
  ['an error', () => new Response('', { status: 503 })],
  ["a network's sign-in page", () => new Response('<html><script type="module" src="x.js"></script></html>')],
  [
    'nothing',
    () => {
      throw new TypeError('Failed to fetch');
    },
  ],
])('where the server has %s nothing is done', async (_what, served) => {
  const page = open(served);
  await page.fail();
  expect(page.reload).not.toHaveBeenCalled();
  expect(page.propose).not.toHaveBeenCalled();
});

test('a tab that keeps nothing never reloads by itself', async () => {
  const memory = {
    get: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  } as unknown as Map<string, string>;
  const page = open(newer, { memory });
  await page.fail();
  expect(page.reload).not.toHaveBeenCalled();
  expect(page.propose).toHaveBeenCalledWith('update');
});
