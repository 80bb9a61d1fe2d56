import type { Page } from '@playwright/test';
import { withGrain } from '../scripts/fake-camera';
import { encodePng } from '../src/core/image/png';
import { samplePixels } from '../src/core/image/sample';
import { en, expect } from './app';
import { test } from './tiny-app';

/** A page that the browser translates: Chrome puts every text into <font><font>…</font></font>. */

const size = { width: 320, height: 240 };
const drawing = { ...size, channels: 4 as const, data: withGrain(samplePixels(20, size.width, size.height)) };
const photo = (name: string) => ({
  name,
  mimeType: 'image/png',
  buffer: Buffer.from(encodePng(drawing)),
});

const translate = (page: Page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Node[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      if (text.parentElement?.closest('script, style')) continue;
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      outer.append(inner);
      text.parentNode?.replaceChild(outer, text);
      inner.append(text);
    }
  });

test('photos that are dropped on a translated page are answered, and it does not crash', async ({
  app,
  page,
  tinySite,
}) => {
  await app.open(tinySite);
  await app.chooseBackend('wasm');
  await translate(page);
  await app.pick([photo('one.png'), photo('two.png')]);
  await expect(app.answer.getByRole('table', { name: en.answer.probabilities })).toBeVisible();
  await translate(page);
  await page.keyboard.press('Escape');
  await app.show('queue');
  await expect(page.getByText('two.png').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: en.crash.heading })).toHaveCount(0);
});
