import type { Page } from '@playwright/test';
import type { Analysis } from '../src/core/analysis';
import type { Result } from '../src/core/failure';
import { type AppPage, expect, expectClose, probabilitiesOf } from './app';
import { destroyAtNextSubmit, hookDevices } from './device-hooks';
import { test } from './tiny-app';
import { tinyIds } from './tiny-models';

/** The engine on WebGPU as a browser has it, with networks so small that an emulated GPU takes no time. */

/**
 * A dark spot on skin, drawn in the page: kept there as `globalThis.spot`, beside `globalThis.broken`, which
 * is no photo.
 */
async function drawPhotos(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(160, 120);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = 'rgb(224 180 160)';
    context.fillRect(0, 0, 160, 120);
    context.fillStyle = 'rgb(70 40 30)';
    context.ellipse(90, 60, 25, 25, 0, 0, 2 * Math.PI);
    context.fill();
    const spot = await canvas.convertToBlob({ type: 'image/png' });
    Object.assign(globalThis, { spot, broken: new Blob(['no photo']) });
  });
}

async function open(app: AppPage, url: string): Promise<void> {
  // A screen that asks the engine for nothing of its own.
  await app.open(url, '');
  await drawPhotos(app.page);
  const pinned = await app.page.evaluate(() => globalThis.lentigo.engine.pinBackend('webgpu'));
  expect(pinned).toMatchObject({ ok: true, value: { name: 'webgpu' } });
}

/**
 * Five analyses: fused with everything, classified in eight views, refused, broken, cancelled at its first
 * stage. Their codes.
 */
function runRound(page: Page): Promise<string[]> {
  return page.evaluate(async ({ classifier, fusion }) => {
    const { engine } = globalThis.lentigo;
    const { spot, broken } = globalThis as unknown as { spot: Blob; broken: Blob };
    const controller = new AbortController();
    const metadata = { age: 70, sex: 'male' };
    const answers = await Promise.all([
      engine.analyse(spot, { packageId: fusion, metadata, overruleGate: true }),
      engine.analyse(spot, { packageId: classifier, testTimeAugmentation: true, overruleGate: true }),
      engine.analyse(spot, { packageId: fusion }),
      engine.analyse(broken, { packageId: fusion }),
      engine.analyse(
        spot,
        { packageId: fusion, metadata, overruleGate: true },
        { signal: controller.signal, onProgress: () => controller.abort() },
      ),
    ]);
    return answers.map((answer) => (answer.ok ? 'ok' : answer.failure.code));
  }, tinyIds);
}

test('20 analyses on WebGPU, cancelled and failed ones among them, leave what they found', {
  tag: '@webgpu',
}, async ({ app, page, tinySite }) => {
  await open(app, tinySite);
  const diagnostics = async () => {
    const answer = await page.evaluate(() => globalThis.lentigo.engine.diagnostics());
    if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
    // What is held beyond that waits for the next pass, and may be a buffer more or less. Which package was
    // asked last differs with the moment at which the cancelled one stops: what is held counts, not its
    // order.
    const { tensors, bytes, inUse: used, packages } = answer.value;
    return { tensors, bytes, used, packages: packages.toSorted((a, b) => a.id.localeCompare(b.id)) };
  };
  const codes = ['ok', 'ok', 'photo-size', 'file-unsupported', 'cancelled'];
  expect(await runRound(page)).toEqual(codes);
  const before = await diagnostics();
  expect(before.used).toBeGreaterThan(0);
  for (let round = 0; round < 4; round++) expect(await runRound(page)).toEqual(codes);
  expect(await diagnostics()).toEqual(before);
});

test('a device destroyed under a photo: a new one, the packages again, the photo once more, and the page says so', {
  tag: '@webgpu',
}, async ({ app, page, tinySite }) => {
  await hookDevices(page);
  await open(app, tinySite);
  const analyse = async (): Promise<Analysis> => {
    const result: Result<Analysis> = await page.evaluate(
      (packageId) =>
        globalThis.lentigo.engine.analyse((globalThis as unknown as { spot: Blob }).spot, {
          packageId,
          overruleGate: true,
        }),
      tinyIds.fusion,
    );
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    return result.value;
  };
  const undisturbed = await analyse();
  expect(undisturbed.degradations).toEqual([]);

  const count = await destroyAtNextSubmit(page);
  const disturbed = await analyse();
  expect(await count()).toBe(2);
  expect(disturbed.degradations.map(({ failure }) => failure.code)).toEqual(['device-lost']);
  expect(disturbed.provenance.backend).toBe('webgpu');
  // The mask and the answer are those of an undisturbed run.
  expect(disturbed.lesion?.lesions).toHaveLength(1);
  expectClose(probabilitiesOf(disturbed), probabilitiesOf(undisturbed), 1e-5);

  const after = await analyse();
  expect(after.degradations).toEqual([]);
  expect(await count()).toBe(2);
  const diagnostics = await page.evaluate(() => globalThis.lentigo.engine.diagnostics());
  const loaded = diagnostics.ok ? diagnostics.value.packages.map(({ id }) => id) : [];
  expect(loaded.sort()).toEqual([tinyIds.fusion, tinyIds.segmenter]);
});
