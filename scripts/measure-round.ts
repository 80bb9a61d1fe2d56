/**
 * `npx tsx scripts/measure-round.ts [look] [glance]`: how long a round of "You or the machine?" takes, for
 * docs/kiosk.md. A visitor who looks at each photo for `look` seconds and at each answer for `glance` plays six
 * photos, from the press on "Play the round" to the score. What the page itself takes is measured apart: from a
 * press to the second frame after it, when its outcome is on the screen.
 */
import { cpus, loadavg } from 'node:os';
import type { Page } from 'playwright';
import { english as en } from '../src/app/languages/texts';
import { main, Stop } from './command';
import { openAppBrowser, screenStates } from './screen-states';

const photos = 6;
const { kioskRound } = en;

await main(async () => {
  const [look = 2.5, glance = 2] = process.argv.slice(2).map(Number);
  if (!(look >= 0) || !(glance >= 0)) throw new Stop('give seconds: [look] [glance]', 2);
  const kiosk = (await screenStates()).find(({ name }) => name === 'kiosk');
  if (!kiosk) throw new Stop('scripts/screens has no kiosk.');
  const app = await openAppBrowser();
  try {
    // The page before a round.
    await app.show(kiosk, 'round', { viewport: { width: 1920, height: 1080 } }, async (page) => {
      const waits: number[] = [];
      const began = performance.now();
      waits.push(await press(page, kioskRound.start));
      for (let photo = 1; photo <= photos; photo++) {
        await page.waitForTimeout(1000 * look);
        waits.push(await press(page, photo % 2 ? kioskRound.call.harmless : kioskRound.call.suspicious));
        await page.waitForTimeout(1000 * glance);
        waits.push(await press(page, photo < photos ? kioskRound.next : kioskRound.toScore));
      }
      const seconds = (performance.now() - began) / 1000;
      const own = waits.reduce((sum, wait) => sum + wait, 0) / 1000;
      const longest = Math.max(...waits);
      const people = photos * (look + glance);
      console.log(
        `${photos} photos, ${look} s for each and ${glance} s for its answer: ${(people + own).toFixed(1)} s, of which the page took ${own.toFixed(1)} s in ${waits.length} presses, ${longest.toFixed(0)} ms at most`,
      );
      console.log(
        `${seconds.toFixed(1)} s with what steers the browser; ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`,
      );
    });
  } finally {
    await app.close();
  }
  return 0;
});

/** Milliseconds from the press on a button to the second frame after it. */
async function press(page: Page, name: string): Promise<number> {
  const button = page.locator('main button', { hasText: name }).first();
  await button.waitFor();
  return button.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        const pressed = performance.now();
        (element as HTMLButtonElement).click();
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - pressed)));
      }),
  );
}
