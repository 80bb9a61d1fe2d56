import { expect, test } from 'vitest';
import { type SiteCalibration, siteCalibrationText } from '../core/decision/site-calibration';
import { success } from '../core/failure';
import { exampleAnalysis, exampleCard, exampleSiteCalibration } from '../core/fixtures/analysis';
import type { AnalyseRequest } from '../engine/engine';
import { packageHash } from '../engine/package/hash';
import { exampleLoaded, fakeEngine } from '../engine/testing/fake-engine';
import { createLocalStore } from './local-store';
import { runAnalysis } from './run-analysis';
import { createRuntime } from './runtime';
import { calibrationMemory, createSiteCalibrations, unreadText } from './site-calibrations';

/** Just enough of a browser's local storage. */
function storeOf(items = new Map<string, string>()) {
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
  return createLocalStore(() => storage as unknown as Storage);
}

const fitting = async (): Promise<SiteCalibration> =>
  exampleSiteCalibration(exampleCard.id, await packageHash(exampleCard));

test('a calibration is kept for the next visit, until it is removed', async () => {
  const store = storeOf();
  const site = await fitting();
  createSiteCalibrations(await calibrationMemory(store)).keep(site);
  const next = createSiteCalibrations(await calibrationMemory(store));
  expect(next.store.getState()).toEqual({ [site.packageId]: site });
  next.remove(site.packageId);
  expect(createSiteCalibrations(await calibrationMemory(store)).store.getState()).toEqual({});
});

test('what a browser holds that is no calibration judges nothing', async () => {
  const spoilt = storeOf(new Map([['lentigo-site-calibrations', '[{"format":"other"}]']]));
  expect(createSiteCalibrations(await calibrationMemory(spoilt)).store.getState()).toEqual({});
  const barred = await calibrationMemory(
    createLocalStore(() => {
      throw new Error('no storage here');
    }),
  );
  const kept = createSiteCalibrations(barred);
  kept.keep(exampleSiteCalibration('a', 'b'.repeat(64)));
  expect(Object.keys(kept.store.getState())).toEqual(['a']);
});

test('a kept calibration that cannot be read takes no other with it', async () => {
  const [first, other] = ['one', 'other'].map((id) => exampleSiteCalibration(id, 'b'.repeat(64)));
  const text = JSON.stringify([first, { ...other, temperature: -1 }, null, { ...other, packageId: 'third' }]);
  const memory = await calibrationMemory(storeOf(new Map([['lentigo-site-calibrations', text]])));
  expect(Object.keys(createSiteCalibrations(memory).store.getState())).toEqual(['one', 'third']);
});

test('a kept calibration that cannot be read is told, stays as it is, and goes only when it is removed', async () => {
  const sound = exampleSiteCalibration('one', 'b'.repeat(64));
  const spoilt = { ...exampleSiteCalibration('other', 'b'.repeat(64)), temperature: -1 };
  const items = new Map([['lentigo-site-calibrations', JSON.stringify([sound, spoilt])]]);
  const next = async () => createSiteCalibrations(await calibrationMemory(storeOf(items)));
  const calibrations = await next();
  const [unread] = calibrations.unread.getState();
  if (!unread) throw new Error('it is told');
  expect(unread).toMatchObject({ packageId: 'other', name: 'Ward 3' });
  expect(unread.problem).toMatch(/^temperature/);
  expect(JSON.parse(unreadText(unread))).toEqual(spoilt);
  // What is done with others leaves it.
  calibrations.remove('one');
  expect((await next()).unread.getState()).toEqual([unread]);
  calibrations.removeUnread(unread);
  expect((await next()).unread.getState()).toEqual([]);
});

test.each(['{}', 'null', '"x"', '['])(
  'a store that holds %s is told, and given back as it was',
  async (stored) => {
    const items = new Map([['lentigo-site-calibrations', stored]]);
    const next = async () => createSiteCalibrations(await calibrationMemory(storeOf(items)));
    const calibrations = await next();
    calibrations.keep(exampleSiteCalibration('a', 'b'.repeat(64)));
    const again = await next();
    expect(Object.keys(again.store.getState())).toEqual(['a']);
    const [unread] = again.unread.getState();
    expect(unread && unreadText(unread)).toBe(stored);
  },
);

test('a file is taken for the package that it was made for, and refused for any other', async () => {
  const calibrations = createSiteCalibrations();
  const site = await fitting();
  expect(await calibrations.take(siteCalibrationText(site), [exampleCard])).toEqual(success(site));
  expect(calibrations.store.getState()).toEqual({ [site.packageId]: site });

  calibrations.remove(site.packageId);
  const other = siteCalibrationText({ ...site, packageHash: 'b'.repeat(64) });
  expect(await calibrations.take(other, [exampleCard])).toMatchObject({
    ok: false,
    failure: { code: 'calibration-other' },
  });
  expect(await calibrations.take('a letter', [exampleCard])).toMatchObject({
    ok: false,
    failure: { code: 'calibration-invalid' },
  });
  expect(calibrations.store.getState()).toEqual({});
});

test('every analysis is judged by what is kept, unless it brings its own', async () => {
  const requests: AnalyseRequest[] = [];
  const engine = fakeEngine({
    load: async (id) => success(exampleLoaded({ id })),
    analyse: async (_photo, request) => {
      requests.push(request);
      return success(exampleAnalysis());
    },
  });
  const runtime = createRuntime(engine);
  const site = await fitting();
  const ask = (own: Partial<AnalyseRequest> = {}) =>
    runAnalysis({ engine, runtime }, new Blob(['a']), { packageId: site.packageId, ...own });
  await ask();
  runtime.siteCalibrations.keep(site);
  await ask();
  await ask({ siteCalibrations: {} });
  expect(requests.map(({ siteCalibrations }) => siteCalibrations)).toEqual([
    undefined,
    { [site.packageId]: site },
    {},
  ]);
});
