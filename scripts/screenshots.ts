/**
 * `npm run screenshots`: every state of every screen, wide and narrow, light and dark, into screenshots/.
 * With words behind `--`, only those whose name has them all: `npm run screenshots -- clinic answer wide`. A
 * word may be a regular expression: `'sheet|list'`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { main, root } from './command';
import { openAppBrowser, screenStates } from './screen-states';

const folder = join(root, 'screenshots');
const defaultSizes = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
};

await main(async () => {
  const wanted = process.argv.slice(2);
  const app = await openAppBrowser();
  mkdirSync(folder, { recursive: true });
  const missed: string[] = [];
  for (const screen of await screenStates()) {
    for (const [size, viewport] of Object.entries(screen.sizes ?? defaultSizes)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const state of Object.keys(screen.states)) {
          const name = `${screen.name} ${state} ${size} ${colorScheme}`;
          if (!wanted.every((word) => new RegExp(word).test(name))) continue;
          const path = join(folder, `${name.replaceAll(' ', '-')}.png`);
          // What lies below the fold of a narrow page belongs to the state too.
          const shot = { path, fullPage: true, animations: 'disabled' } as const;
          await app
            .show(screen, state, { viewport, colorScheme }, async (page) => {
              await page.screenshot(shot);
              console.log(path);
            })
            .catch((error) => {
              missed.push(name);
              console.error(`${name}: ${error}`);
            });
        }
      }
    }
  }
  await app.close();
  if (missed.length > 0) console.error(`${missed.length} states could not be brought about.`);
  return missed.length > 0 ? 1 : 0;
});
