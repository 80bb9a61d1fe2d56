import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import type { FailureCode } from '../src/core/failure';
import { generator } from '../src/engine/testing/build-package';
import { type AppPage, en, expect, own } from './app';
import { test } from './tiny-app';
import { tinyIds } from './tiny-models';
import { serveUnreliably, type UnreliableServer } from './unreliable-server';

/**
 * What goes wrong around a photo: each thing has its code, its sentence and its remedy on the page, and is
 * gone once its cause is.
 */

/** Skin with grain and a spot, which the input gate accepts. */
function drawSkin(): Buffer {
  const random = generator(5);
  const picture = new PNG({ width: 320, height: 240 });
  for (let at = 0; at < 320 * 240; at++) {
    const inside = Math.hypot((at % 320) - 160, Math.floor(at / 320) - 120) < 50;
    const colour = [220, 170, 150].map((value) => (inside ? 0.4 : 1) * value + 60 * (random() - 0.5));
    picture.data.set([...colour.map((value) => Math.max(0, Math.min(255, value))), 255], 4 * at);
  }
  return PNG.sync.write(picture);
}

const photo = { name: 'spot.png', mimeType: 'image/png', buffer: drawSkin() };
const shard = `${tinyIds.classifier}/group1-shard2of2.bin`;

/**
 * The clinic on tiny models, behind a server that mishaps can be told to; the list has the classifier alone.
 */
async function open(app: AppPage, tinySite: string): Promise<UnreliableServer> {
  const server = await serveUnreliably(tinySite);
  own(server.url);
  await app.page.route('**/models/index.json', (route) =>
    route.fulfill({ json: { packages: [tinyIds.classifier] } }),
  );
  await app.open(server.url);
  await app.chooseBackend('wasm');
  return server;
}

/** The photo has no answer but this failure, in words, with what to do about it and its code. */
async function expectTold(app: AppPage, code: FailureCode, ...facts: string[]): Promise<void> {
  const alert = app.answer.getByRole('alert');
  await expect(alert).toContainText(en.failure[code].sentence);
  await expect(alert).toContainText(en.failure[code].remedy);
  await expect(app.answer.getByRole('table', { name: en.answer.probabilities })).toHaveCount(0);
  await app.answer.getByText(en.failure.details).click();
  for (const fact of [code, ...facts]) await expect(alert).toContainText(fact);
}

/** The cause is gone, and asking again is all that it takes. */
async function expectAnswerNow(app: AppPage): Promise<void> {
  await app.answer.getByRole('alert').getByRole('button', { name: en.answer.retry }).click();
  await expect(app.answer.getByRole('table', { name: en.answer.probabilities })).toBeVisible();
  await expect(app.answer.getByRole('alert')).toHaveCount(0);
}

test('a download cut in the middle is reported, and goes on where it was cut', async ({ app, tinySite }) => {
  const server = await open(app, tinySite);
  server.mishaps.set(shard, 'cut');
  await app.pick(photo);
  await expectTold(app, 'package-unavailable', shard.split('/')[1] ?? '');
  server.mishaps.clear();
  server.requests.length = 0;
  await expectAnswerNow(app);
  const again = server.requests.filter((path) => path.includes('shard'));
  expect(again).toEqual([expect.stringMatching(/shard2of2\.bin bytes=\d+-$/)]);
  expect(again[0]).not.toContain('bytes=0-');
  await server.close();
});

test('a file that is not there, and one of which half is there', async ({ app, tinySite }) => {
  const server = await open(app, tinySite);
  server.mishaps.set(shard, 'missing');
  await app.pick(photo);
  await expectTold(app, 'package-unavailable', '404');
  server.mishaps.set(shard, 'truncated');
  await app.answer.getByRole('alert').getByRole('button', { name: en.answer.retry }).click();
  await expectTold(app, 'package-corrupt', shard.split('/')[1] ?? '');
  server.mishaps.clear();
  await expectAnswerNow(app);
  await server.close();
});

/** Lets the origin keep no more than it keeps now, and that only to the given number of bytes. */
async function limitStorage(page: Page, bytes: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
}

test('without room in the browser a model answers all the same, and keeping it is refused', async ({
  app,
  page,
  tinySite,
}) => {
  const server = await open(app, tinySite);
  await limitStorage(page, 1);
  await app.pick(photo);
  await expect(app.answer.getByRole('table', { name: en.answer.probabilities })).toBeVisible();
  const outcome = await page.evaluate(async (id) => {
    const { engine } = globalThis.lentigo;
    const loaded = await engine.load(id);
    const prefetched = await engine.prefetch(id);
    return {
      cached: loaded.ok && loaded.value.cached,
      code: prefetched.ok ? null : prefetched.failure.code,
    };
  }, tinyIds.classifier);
  expect(outcome).toEqual({ cached: false, code: 'storage-full' });
  expect(en.failure['storage-full'].remedy).toBeTruthy();
  await server.close();
});

const enginesOf = (page: Page) => page.workers().filter((worker) => /\/worker-/.test(worker.url()));

test('a worker that is killed under a photo: the page says so, and the next call starts another', async ({
  app,
  page,
  tinySite,
}) => {
  await page.clock.install();
  const server = await open(app, tinySite);
  // The photo waits for its model, so that the worker has work when it dies.
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(`**/${shard}`, async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  const requests = page.waitForRequest(`**/${shard}`);
  await app.pick(photo);
  await requests;
  const [worker] = enginesOf(page);
  if (!worker) throw new Error('The engine has no worker.');
  const gone = worker.waitForEvent('close');
  await worker.evaluate(() => close());
  await gone;
  // It died without a word: the page finds out by its silence, once it has asked again whether it lives. Every
  // timer on the way has its turn: a leap would be a tab that slept.
  await page.clock.runFor('02:25');
  await expectTold(app, 'worker-died');
  letGo();
  await expectAnswerNow(app);
  const after = enginesOf(page);
  expect(after).toHaveLength(1);
  expect(after).not.toContain(worker);
  await server.close();
});
