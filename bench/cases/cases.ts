/** `npm run bench -- --cases`: the screen of the cases with thousands of them, in a browser of its own. */
import type { Page } from 'playwright';
import { builtApp } from '../../scripts/build';
import { openPage } from '../../scripts/open-page';
import { serve } from '../../scripts/serve';
import { english } from '../../src/app/languages/texts';
import { entry, lesion, patient, photo } from '../../src/records/fixtures/records';

/** Milliseconds; times of the processor are the main thread's, and hold on a busy machine too. */
export interface CasesResult {
  cases: number;
  /** From the press on "Cases" until the first rows are painted. */
  opened: number;
  openedProcessor: number;
  /** From the press until every case is read, and the longest task of the main thread until then. */
  read: number;
  longest: number;
  /** From each letter typed into the search until its rows are painted: median and longest. */
  letter: { median: number; longest: number; processor: number };
  /** Elements in the page with the whole list, before a search. */
  nodes: number;
}

export const caseCounts = [3000];
/** A part of every label, so that the list stays long while it is typed. */
const typed = 'label 12';
const timeout = 60_000;
/** After the screen stands it measures its storage: that is no letter's time. */
const settle = 5000;

export async function measureCases(cases: number): Promise<CasesResult> {
  const server = await serve({ folder: builtApp, port: 0 });
  const { browser, page } = await openPage(server.url);
  try {
    await page.evaluate('globalThis.__name = (made) => made');
    await fill(page, server.url, cases);
    await page.goto(`${server.url}#/`);
    await page.reload();
    await page.evaluate('globalThis.__name = (made) => made');
    await page.getByRole('link', { name: english.page.cases, exact: true }).first().waitFor();
    const processor = await processorClock(page);
    const words = { list: english.caseBook.list, loading: english.app.loadingScreen };
    const opened = await page.evaluate(openScreen, words);
    const openedProcessor = await processor();
    const { read, longest } = await page.evaluate(() => globalThis.allRead);
    await page.waitForTimeout(settle);
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    const box = page.getByRole('searchbox', { name: english.caseBook.search });
    await box.waitFor({ timeout });
    await box.focus();
    const letters: number[] = [];
    const processors: number[] = [];
    for (const letter of typed) {
      await page.evaluate(() => {
        globalThis.letterPainted = new Promise((resolve) => {
          document.addEventListener(
            'input',
            () => {
              const begin = performance.now();
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
            },
            { once: true, capture: true },
          );
        });
      });
      await processor();
      await page.keyboard.press(letter);
      letters.push(await page.evaluate(() => globalThis.letterPainted));
      processors.push(await processor());
      // What a slower render puts off belongs to no later letter.
      await page.waitForTimeout(500);
    }
    return {
      cases,
      opened,
      openedProcessor,
      read,
      longest,
      letter: { median: median(letters), longest: Math.max(...letters), processor: median(processors) },
      nodes,
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Answers the milliseconds of processor time that the main thread took since it was asked last. */
async function processorClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  let last = 0;
  const since = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const now = 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
    const passed = now - last;
    last = now;
    return passed;
  };
  await since();
  return since;
}

declare global {
  var letterPainted: Promise<number>;
  var allRead: Promise<{ read: number; longest: number }>;
}

/** Runs in the page: presses "Cases" and waits for rows that have been painted. */
function openScreen({ list, loading }: { list: string; loading: string }): Promise<number> {
  return new Promise((resolve) => {
    const begin = performance.now();
    let longest = 0;
    new PerformanceObserver((tasks) => {
      for (const { duration } of tasks.getEntries()) longest = Math.max(longest, duration);
    }).observe({ type: 'longtask' });
    globalThis.allRead = new Promise((done) => {
      const lookAgain = () => {
        const section = document.querySelector(`section[aria-label="${list}"]`);
        const busy = section?.querySelector(`[aria-label="${loading}"]`);
        if (section?.querySelector('li button') && !busy) done({ read: performance.now() - begin, longest });
        else requestAnimationFrame(lookAgain);
      };
      requestAnimationFrame(lookAgain);
    });
    const look = () => {
      const rows = document.querySelectorAll(`section[aria-label="${list}"] li button`);
      if (rows.length > 0) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
      else requestAnimationFrame(look);
    };
    location.hash = '#/cases';
    requestAnimationFrame(look);
  });
}

/** Cases of the kind that clinics keep: three lesions a patient, each with a photo and an answer with maps. */
async function fill(page: Page, url: string, cases: number): Promise<void> {
  await page.goto(`${url}#/cases`);
  await page.getByText(english.caseBook.empty).waitFor({ timeout });
  const atOnce = 500;
  for (let from = 0; from < cases; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, cases - from) }, (_, index) => from + index);
    const patientOf = (number: number) => `p${Math.floor(number / 3)}`;
    await page.evaluate(putAll, {
      patients: numbers.map((number) => patient(patientOf(number))),
      lesions: numbers.map((number) =>
        lesion(`l${number}`, { patientId: patientOf(number), tags: ['follow-up'] }),
      ),
      photos: numbers.map((number) => photo(`h${number}`, [`l${number}`])),
      entries: numbers.map((number) => entry(`e${number}`, `h${number}`, `l${number}`)),
    });
  }
}

/** Runs in the page: writes records as they are, a drawn picture for each photo and maps for each answer. */
async function putAll(records: Record<string, { id: string }[]>): Promise<void> {
  const canvas = new OffscreenCanvas(600, 450);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = 'rgb(214 168 148)';
  context.fillRect(0, 0, 600, 450);
  context.fillStyle = 'rgb(90 55 40)';
  context.fillRect(200, 150, 200, 150);
  const picture = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('lentigo-cases');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
  for (const [store, all] of Object.entries(records))
    for (const record of all) transaction.objectStore(store).put(record);
  for (const { id } of records.photos ?? []) transaction.objectStore('images').put(picture, id);
  for (const { id } of records.entries ?? []) {
    transaction.objectStore('rasters').put({
      id,
      activation: {
        width: 7,
        height: 7,
        planes: ['nv', 'mel'].map((classId) => ({ classId, values: new Float32Array(49) })),
      },
      attention: null,
      mask: { width: 256, height: 192, data: new Uint8Array(256 * 192) },
    });
  }
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  database.close();
}
