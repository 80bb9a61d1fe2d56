import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { tolerance } from '../../scripts/parity/record';
import {
  type ClassReference,
  largestDifference,
  referencesOf,
  sharedData,
} from '../../scripts/parity/references';
import type {} from '../../src/app/automation';
import { english as en } from '../../src/app/languages/texts';
import { symptoms } from '../../src/features/self-check/model/outcome';
import { engines } from './installed';
import { type Measured, record } from './measured';
import { chooseFile, fill, press, pressAt, reads, until, visit } from './person';
import { openSite, type Site } from './site';
import type { DrivenPage } from './webdriver';

const dermoscopy = 'mobilenetv2-nevus-melanoma';
const phone = 'efficientnet-lite2-phone-symptoms';
const photoOf = (packageId: string) => referencesOf(packageId)[0] as ClassReference;

/** As BackendIndicator says it. */
const threadsSaid = (threads: number) =>
  (threads <= 1 ? en.backend.wasmThreads_one : en.backend.wasmThreads_other).replace(
    '{{count}}',
    String(Math.max(1, threads)),
  );

for (const [id, find] of Object.entries(engines)) {
  test.describe
    .serial(id, () => {
      const installed = find();
      test.skip('missing' in installed, 'missing' in installed ? installed.missing : '');
      const photosMissing = referencesOf(dermoscopy).length === 0;
      test.skip(photosMissing && process.env.CI !== 'true', `needs the photos in ${sharedData}`);

      let site: Site;
      let page: DrivenPage;
      const measured: Partial<Measured> = {};

      test.beforeAll(async () => {
        if ('missing' in installed) return;
        site = await openSite([dermoscopy, phone]);
        page = await installed.open();
        measured.browser = page.browser;
      });
      test.afterAll(async () => {
        await page?.close();
        await site?.remove();
      });

      test('a first visit starts, says what it computes on, and says what this browser lacks', async () => {
        await visit(page, `${site.url}#/clinic`);
        await reads(page, en.photo.dropHere);
        await until('the list of models', () => page.evaluate(listed));
        const { backend, webgpu, isolated, kept, cores } = await page.evaluate(look);
        Object.assign(measured, { backend: backend.adapter, webgpu, isolated, kept });
        // Where the browser has no WebGPU, nothing of it is used, and the page says why.
        await press(page, 'Computing on:', 'begins');
        await reads(page, backend.name === 'wasm' ? threadsSaid(backend.threads) : backend.adapter);
        if (!webgpu) await reads(page, en.backend.reason['no-webgpu']);
        if (!isolated) await reads(page, en.backend.notIsolated);
        if (isolated && backend.name === 'wasm' && backend.threads <= 1 && cores > 1)
          await reads(page, en.backend.oneThread);
        expect(backend.name === 'wasm' || webgpu).toBe(true);
      });

      // Its worker stood still at every third first visit, until a reload, while BiDi drove it (see firefox.ts).
      test('each of two more first visits has its list of models', async () => {
        for (let round = 0; round < 2; round += 1) {
          // Another port is another origin, of which the browser keeps nothing.
          const fresh = await openSite([dermoscopy, phone]);
          await visit(page, `${fresh.url}#/clinic`);
          await until('the list of models', () => page.evaluate(listed));
          await fresh.remove();
        }
        await visit(page, `${site.url}#/clinic`);
        await until('the list of models', () => page.evaluate(listed));
      });

      for (const packageId of [dermoscopy, phone]) {
        test(`${packageId} says of a real photo what PyTorch says`, async () => {
          const difference = await compare(page, photoOf(packageId), packageId);
          measured.difference = Math.max(measured.difference ?? 0, difference);
          expect(difference).toBeLessThan(tolerance);
        });
      }

      test('the self-check goes from the first question to its outcome', async () => {
        const words = en.selfCheck;
        await visit(page, `${site.url}#/self-check`);
        await press(page, words.path.lesion.name, 'begins');
        await fill(page, words.about.age, '40');
        await press(page, words.next);
        await pressAt(page, '[data-place="back"]');
        await press(page, words.next);
        await press(page, words.special.none);
        for (const symptom of symptoms) await press(page, symptom === 'bleed' ? words.yes : words.no);
        await chooseFile(page, `/photos/${photoOf(phone).path}`);
        await reads(page, words.photo.looked);
        await press(page, [words.download.start, words.photo.check]);
        await reads(page, words.outcome['see-a-doctor'].heading);
        await reads(page, words.reason.bleed);
        measured.selfCheck = true;
      });

      test('a photo is answered, and its case is there with the photo after a reload', async () => {
        await visit(page, `${site.url}#/clinic`);
        await chooseFile(page, `/photos/${photoOf(dermoscopy).path}`);
        await press(page, en.caseBook.save.button);
        await fill(page, en.caseBook.alias, 'K-17');
        await fill(page, en.caseBook.lesionLabel, 'Left forearm');
        await press(page, en.caseBook.save.do);
        await reads(page, en.caseBook.save.saved);
        await visit(page, `${site.url}#/cases`);
        await page.reload();
        await reads(page, 'Left forearm');
        await until('the photo of the case', () => page.evaluate(storedPhotoShown));
        measured.caseKept = true;
      });

      test('after the first visit the page opens and answers without network', async () => {
        expect(measured.kept, 'this browser keeps the page').toBe(true);
        await until('the page is kept', () => page.evaluate(ready));
        const photo = photoOf(dermoscopy);
        const bytes = readFileSync(join(sharedData, photo.path), 'base64');
        await site.stop();
        await page.reload();
        await reads(page, en.app.disclaimer);
        expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
        expect(await compare(page, photo, dermoscopy, bytes)).toBeLessThan(tolerance);
        measured.withoutNetwork = true;
        record(id, measured as Measured);
      });
    });
}

/** How far the page's answer to a photo is from PyTorch's; `bytes` (base64) where no server has the photo. */
async function compare(
  page: DrivenPage,
  { path, metadata, probabilities }: ClassReference,
  packageId: string,
  bytes: string | null = null,
): Promise<number> {
  const answer = await page.evaluate(analyse, { url: `/photos/${path}`, bytes, packageId, metadata });
  return largestDifference(answer, probabilities);
}

/** The functions below run in the page, so they use nothing from outside themselves. */

async function analyse({
  url,
  bytes,
  packageId,
  metadata,
}: Pick<ClassReference, 'metadata'> & { url: string; bytes: string | null; packageId: string }) {
  const decoded = bytes && Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
  const photo = decoded ? new Blob([decoded]) : await (await fetch(url)).blob();
  const request = { packageId, metadata, square: 'centre', overruleGate: true, segmenterId: null } as const;
  const result = await globalThis.lentigo.engine.analyse(photo, request);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value.probabilities.map(({ id, calibrated }) => ({ id, calibrated }));
}

function storedPhotoShown(): boolean {
  return [...document.images].some(({ src, naturalWidth }) => src.startsWith('blob:') && naturalWidth > 0);
}

async function listed(): Promise<boolean> {
  const cards = await globalThis.lentigo.engine.packages();
  return cards.ok && cards.value.length === 2;
}

async function look() {
  const backend = await globalThis.lentigo.engine.backend();
  if (!backend.ok) throw new Error(JSON.stringify(backend.failure));
  return {
    backend: backend.value,
    webgpu: 'gpu' in navigator,
    isolated: crossOriginIsolated,
    kept: 'serviceWorker' in navigator,
    cores: navigator.hardwareConcurrency,
  };
}

function ready(): Promise<boolean> {
  return navigator.serviceWorker.ready.then(() => true);
}
