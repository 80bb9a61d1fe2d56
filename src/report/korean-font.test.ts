import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadKoreanFont } from './korean-font';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a server that never gives the font fails the report, and does not hold it up for ever', async () => {
  vi.stubGlobal('fetch', () => new Promise(() => {}));
  const font = loadKoreanFont();
  await vi.runAllTimersAsync();
  expect(await font).toMatchObject({ ok: false, failure: { code: 'font-unavailable' } });
});

test('so does one that has no font', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
  expect(await loadKoreanFont()).toMatchObject({
    ok: false,
    failure: { code: 'font-unavailable', detail: { status: 404 } },
  });
});
