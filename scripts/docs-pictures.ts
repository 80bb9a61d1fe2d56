/**
 * `npm run docs-pictures`: the pictures of the quick starts, in English and Korean, into docs/start/pictures. Every photo in them
 * is drawn by the program. With words behind `--`, only those whose name has them all: `npm run docs-pictures -- kiosk`.
 * They are part of the repository, so take again only what has changed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { main, root, Stop } from './command';
import { openAppBrowser, screenStates } from './screen-states';

const folder = join(root, 'docs', 'start', 'pictures');
/** A page with pictures has to come quickly, and the repository keeps every version of them. */
const maxBytes = 120_000;
/** The best of them that keeps to it: grain, as in a photo, takes more bytes than a drawing. */
const qualities = [0.8, 0.65, 0.5];

/** Each picture with the screen and the state that it shows (scripts/screens). */
const pictures: Record<string, readonly [screen: string, state: string]> = {
  'clinic-start': ['clinic', 'empty'],
  'clinic-answer': ['clinic', 'several'],
  'clinic-facts': ['clinic', 'facts and body'],
  'clinic-queue': ['clinic', 'grid'],
  'clinic-save': ['clinic', 'save to a case'],
  'self-check-start': ['self-check', 'start'],
  'self-check-place': ['self-check', 'place'],
  'self-check-question': ['self-check', 'symptom'],
  'self-check-photo': ['self-check', 'photo taken'],
  'self-check-outcome': ['self-check', 'see a doctor'],
  'kiosk-loop': ['kiosk', 'loop'],
  'kiosk-round': ['kiosk', 'round reveal'],
  'kiosk-answer': ['kiosk', 'answer'],
  'kiosk-settings': ['kiosk', 'settings'],
  'kiosk-preflight': ['kiosk', 'preflight'],
};

const sizes: Record<string, { width: number; height: number }> = {
  clinic: { width: 1280, height: 800 },
  'self-check': { width: 390, height: 780 },
  kiosk: { width: 1280, height: 720 },
};

await main(async () => {
  const wanted = process.argv.slice(2);
  const screens = await screenStates();
  const app = await openAppBrowser();
  mkdirSync(folder, { recursive: true });
  const missed: string[] = [];
  try {
    for (const [name, [screenName, state]] of Object.entries(pictures)) {
      if (!wanted.every((word) => name.includes(word))) continue;
      const screen = screens.find((screen) => screen.name === screenName);
      if (!screen?.states[state]) throw new Stop(`scripts/screens has no state "${state}" of ${screenName}.`);
      const options = { viewport: sizes[screenName], colorScheme: 'light' as const };
      await app
        .show(screen, state, options, async (page) => {
          await takePicture(page, name);
          await inKorean(page);
          await takePicture(page, `ko-${name}`);
        })
        .catch((error) => {
          missed.push(name);
          console.error(`${name}: ${error}`);
        });
    }
  } finally {
    await app.close();
  }
  if (missed.length > 0) console.error(`Not taken: ${missed.join(', ')}.`);
  return missed.length > 0 ? 1 : 0;
});

/** By the element itself: a dialog that lies over the switch stays open. */
async function inKorean(page: Page): Promise<void> {
  await page
    .getByText('한국어', { exact: true })
    .first()
    .evaluate((element: HTMLElement) => element.click());
  await page.locator('html[lang=ko]').waitFor();
}

async function takePicture(page: Page, name: string): Promise<void> {
  const png = await page.screenshot({ animations: 'disabled' });
  for (const quality of qualities) {
    const webp = await asWebp(page, png, quality);
    if (webp.length > maxBytes) continue;
    writeFileSync(join(folder, `${name}.webp`), webp);
    console.log(`${name}.webp: ${Math.round(webp.length / 1000)} kB`);
    return;
  }
  throw new Stop(`${name}.webp has more than ${maxBytes} bytes at every quality.`);
}

/** The browser writes WebP; a page of its own has no policy that forbids the picture. */
async function asWebp(page: Page, png: Buffer, quality: number): Promise<Buffer> {
  const blank = await page.context().newPage();
  const base64 = await blank.evaluate(
    async ([encoded, quality]) => {
      const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = document.createElement('canvas');
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      return canvas.toDataURL('image/webp', quality).split(',')[1] ?? '';
    },
    [png.toString('base64'), quality] as const,
  );
  await blank.close();
  return Buffer.from(base64, 'base64');
}
