/**
 * `npm run bench -- --drop`: many photos in one drop, in a browser that starts for each. What the page does
 * with them, no more.
 */
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { builtApp } from '../../scripts/build';
import { openPage } from '../../scripts/open-page';
import { serve } from '../../scripts/serve';
import { english } from '../../src/app/languages/texts';
import { peakMemory } from '../peak-memory';

export interface DropCase {
  photos: number;
  width: number;
  height: number;
}

/** Milliseconds and bytes. */
export interface DropResult extends DropCase {
  /** From the drop until the list says how many there are and shows its first rows. */
  listed: number;
  /** Until the first answer stands, provisional or not; null where none came in time. */
  answered: number | null;
  /** The longest task on the main thread, and how many took longer than `longTask`. */
  longest: number;
  long: number;
  /** Most that the page's and the GPU's processes held; null where the system does not say. */
  peak: number | null;
  /** What the page reported as errors. */
  errors: string[];
}

/** The limit for a task of ours. */
export const longTask = 100;

export const dropCases: DropCase[] = [
  { photos: 25, width: 6000, height: 4000 },
  { photos: 100, width: 6000, height: 4000 },
  { photos: 300, width: 6000, height: 4000 },
  { photos: 1200, width: 640, height: 480 },
];

/** After the first answer the queue goes on: this long the page is watched. */
const watched = 20_000;
const timeout = 120_000;

/** A browser of its own with the app, and what its page reported as errors. */
export interface FreshApp {
  browser: Browser;
  page: Page;
  url: string;
  /** For the photos; it goes with the browser. */
  folder: string;
  errors: string[];
}

export async function inFreshApp<T>(run: (app: FreshApp) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-drop-'));
  const server = await serve({ folder: builtApp, port: 0 });
  const { browser, page } = await openPage(server.url);
  try {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text().slice(0, 200)));
    return await run({ browser, page, url: server.url, folder, errors });
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

export const measureDrop = (drop: DropCase): Promise<DropResult> =>
  inFreshApp(async ({ browser, page, url, folder, errors }) => {
    await dropPhotos(page, { folder, url, drop });
    const answer = page
      .getByText(english.answer.probabilities)
      .or(page.getByRole('button', { name: english.answer.again }));
    const answered = await answer
      .first()
      .waitFor({ timeout })
      .then(() => page.evaluate(() => performance.now() - (globalThis.dropWatch.dropped ?? 0)))
      .catch(() => null);
    await page.waitForTimeout(watched);
    const { listed, dropped } = await page.evaluate(() => globalThis.dropWatch);
    return {
      ...drop,
      listed: (listed ?? 0) - (dropped ?? 0),
      answered,
      ...(await tasksOf(page)),
      peak: await peakMemory(browser),
      errors,
    };
  });

/** The longest task of the main thread since the drop, and how many were longer than `longTask`. */
export async function tasksOf(page: Page): Promise<Pick<DropResult, 'longest' | 'long'>> {
  const { tasks } = await page.evaluate(() => globalThis.dropWatch);
  return { longest: Math.max(0, ...tasks), long: tasks.filter((task) => task > longTask).length };
}

/** Drops the photos on the clinic, and waits until the list stands. */
export async function dropPhotos(
  page: Page,
  {
    folder,
    url,
    drop,
    before = async () => {},
  }: {
    folder: string;
    url: string;
    drop: DropCase;
    /** With the page open, before anything is dropped. */
    before?: () => Promise<void>;
  },
): Promise<void> {
  const files = await writePhotos(page, folder, drop);
  await page.goto(`${url}#/clinic`);
  await page.reload();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: english.photo.choose }).click();
  // tsx gives inner functions their names with a helper that the page lacks
  // (github.com/evanw/esbuild/issues/2605).
  await page.evaluate('globalThis.__name = (made) => made');
  await before();
  await page.evaluate(watchPage, english.viewer.queue.region);
  await (await chooser).setFiles(files);
  await page.waitForFunction(() => globalThis.dropWatch.listed !== null, undefined, { timeout });
}

interface DropWatch {
  /** On the page's clock: when the files came, and when the list stood. */
  dropped: number | null;
  listed: number | null;
  /** Milliseconds of each task of the main thread beyond 50, from the drop on. */
  tasks: number[];
}

declare global {
  var dropWatch: DropWatch;
}

/** Runs in the page, so it uses nothing from outside itself. */
function watchPage(region: string): void {
  const watch: DropWatch = { dropped: null, listed: null, tasks: [] };
  globalThis.dropWatch = watch;
  const came = () => {
    watch.dropped ??= performance.now();
  };
  document.addEventListener('change', came, { capture: true });
  document.addEventListener('drop', came, { capture: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      if (watch.dropped !== null && startTime + duration > watch.dropped) watch.tasks.push(duration);
    }
  }).observe({ type: 'longtask' });
  const look = () => {
    const list = document.querySelector(`ol[aria-label="${region}"]`);
    // In a frame that follows, so that what is there has been painted.
    if (list?.querySelector('li')) requestAnimationFrame(() => (watch.listed = performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** One photo as a camera would make it, drawn by the browser, under as many names as are wanted. */
async function writePhotos(
  page: Page,
  folder: string,
  { photos, width, height }: DropCase,
): Promise<string[]> {
  const base64 = await page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.fillStyle = 'rgb(214 168 148)';
      context.fillRect(0, 0, width, height);
      // Grain, without which the file would be far too small.
      for (let grain = 0; grain < 200_000; grain++) {
        context.fillStyle = `rgb(${160 + 70 * Math.random()} ${120 + 60 * Math.random()} ${110 + 50 * Math.random()})`;
        context.fillRect(width * Math.random(), height * Math.random(), width / 300, height / 300);
      }
      context.fillStyle = 'rgb(90 55 40)';
      context.beginPath();
      context.ellipse(width / 2, height / 2, width / 8, height / 6, 0.3, 0, 2 * Math.PI);
      context.fill();
      const bytes = new Uint8Array(
        await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer(),
      );
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192)
        text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return btoa(text);
    },
    [width, height] as const,
  );
  mkdirSync(folder, { recursive: true });
  const original = join(folder, 'photo.jpg');
  writeFileSync(original, Buffer.from(base64, 'base64'));
  return Array.from({ length: photos }, (_, index) => {
    const path = join(folder, `photo-${String(index + 1).padStart(4, '0')}.jpg`);
    linkSync(original, path);
    return path;
  });
}
