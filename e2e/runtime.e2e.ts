import { appStarted } from '../scripts/app-started';
import { type AppPage, defaultCard, en, expect, packageId, test } from './app';
import { heldBackPhotos, needsPhotos } from './photos';

/** What runs when WASM is asked for. */
function pinWasm(app: AppPage) {
  return app.page.evaluate(async () => {
    const result = await globalThis.lentigo.engine.pinBackend('wasm');
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    return { threads: result.value.threads, adapter: result.value.adapter };
  });
}

/** Workers of the page and of its workers that are alive now, as the browser counts them. */
async function liveWorkers(app: AppPage): Promise<number> {
  const session = await app.page.context().browser()?.newBrowserCDPSession();
  const targets =
    (await session?.send('Target.getTargets', { filter: [{ type: 'worker' }] }))?.targetInfos ?? [];
  await session?.detach();
  return targets.length;
}

test('WASM threads run in the built app on an isolated page', async ({ app, page, site }) => {
  await app.open(site);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  test.skip(cores < 2, 'this machine has one core');
  const { threads, adapter } = await pinWasm(app);
  expect(threads).toBeGreaterThan(1);
  expect(adapter).toContain(`${threads} threads`);
  // The engine's own worker and at least one for each thread that is said to run.
  expect(await liveWorkers(app)).toBeGreaterThan(threads);
});

test('a page that is not isolated works with one thread, and says why', async ({
  app,
  page,
  serveVariant,
}) => {
  needsPhotos();
  await app.open(await serveVariant({ isolated: false }));
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  const { threads } = await pinWasm(app);
  expect(threads).toBe(1);
  await app.chooseBackend('wasm');
  await app.drop(heldBackPhotos('nv', 1)[0] ?? '');
  expect(Object.keys(await app.shownProbabilities())).toHaveLength(defaultCard.classes.length);
  await app.backendButton.click();
  await expect(page.getByRole('dialog')).toContainText(en.backend.notIsolated);
});

test('the second visit needs no network for the model', async ({ app, page, site }) => {
  needsPhotos();
  const nevus = heldBackPhotos('nv', 1)[0] ?? '';
  await app.open(site);
  await app.chooseBackend('wasm');
  await app.drop(nevus);
  const first = await app.shownProbabilities();

  const requests: string[] = [];
  await page.context().route('**/models/**', (route) => {
    requests.push(route.request().url());
    return route.abort();
  });
  await page.reload();
  await appStarted(page);
  await app.chooseBackend('wasm');
  await app.drop(nevus);
  expect(await app.shownProbabilities()).toEqual(first);
  const loaded = await page.evaluate(async (id) => {
    const { engine } = globalThis.lentigo;
    return engine.load(id);
  }, packageId);
  expect(loaded).toMatchObject({ ok: true, value: { fromCache: true } });
  expect(requests.filter((url) => url.endsWith('.bin'))).toEqual([]);
});

test('the model that is shown is fetched while the page is idle, and not for those who save data', async ({
  app,
  page,
  site,
}) => {
  await page.addInitScript(() => {
    // The page fetches nothing ahead of need for a program that drives it.
    Object.defineProperty(navigator, 'webdriver', { value: false });
    const saveData = location.search === '?saves-data';
    Object.defineProperty(navigator, 'connection', { value: { saveData, effectiveType: '4g' } });
  });
  const fetched: string[] = [];
  page.on('request', (request) => request.url().endsWith('.bin') && fetched.push(request.url()));
  await app.open(`${site}?saves-data`);
  await expect(page.getByText('downloaded when first needed')).toBeVisible();
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  expect(fetched).toEqual([]);

  await app.open(site);
  await expect(page.getByText(en.viewer.model.cached)).toBeVisible();
  expect(fetched.length).toBeGreaterThan(0);
});
