import type { Page } from 'playwright';
import { english } from '../../src/app/languages/texts';

const words = english.evaluate;

export const path = 'evaluate';

/** A folder of pictures that the page draws itself: they show no person, and their figures mean nothing. */
async function giveFolder(page: Page): Promise<void> {
  const pictures = await page.evaluate(() =>
    Array.from({ length: 12 }, (_, index) => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 256;
      const context = canvas.getContext('2d');
      if (context) {
        context.fillStyle = `hsl(${18 + index} 45% ${62 + index}%)`;
        context.fillRect(0, 0, 256, 256);
        context.fillStyle = `hsl(20 55% ${14 + 3 * index}%)`;
        context.beginPath();
        context.ellipse(128, 128, 40 + 3 * index, 80 - 3 * index, index, 0, 7);
        context.fill();
      }
      return canvas.toDataURL('image/png').split(',')[1] ?? '';
    }),
  );
  // A dialog of the system cannot be photographed through: the page gets the folder as a browser without that dialog would.
  await page.evaluate(
    ({ pictures }) => {
      const transfer = new DataTransfer();
      const add = (name: string, part: BlobPart) => transfer.items.add(new File([part], name));
      pictures.forEach((picture, index) => {
        add(
          `spot-${index}.png`,
          Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0)),
        );
      });
      const rows = pictures.map(
        (_, index) => `spot-${index}.png,${index % 3 === 0 ? 'melanoma' : 'nevus'},${20 + 5 * index}`,
      );
      add('labels.csv', `file,label,age\n${rows.join('\n')}\ngone.png,nevus,40\n`);
      const input = document.querySelector<HTMLInputElement>('input[type="file"][webkitdirectory]');
      if (!input) return;
      input.files = transfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    { pictures },
  );
  await page.getByText(words.mapping, { exact: true }).first().waitFor();
}

async function ready(page: Page): Promise<void> {
  await page
    .getByRole('checkbox', { name: /melanoma/i })
    .first()
    .check();
  await giveFolder(page);
}

async function finished(page: Page): Promise<void> {
  await ready(page);
  await page.getByRole('button', { name: words.start, exact: true }).click();
  await page.getByText(words.announceDone).waitFor({ state: 'attached' });
}

export const states: Record<string, (page: Page) => Promise<void>> = {
  empty: async (page) => {
    await page.getByRole('heading', { name: words.title }).waitFor();
  },
  ready,
  running: async (page) => {
    await ready(page);
    await page.getByRole('button', { name: words.start, exact: true }).click();
    await page.getByRole('button', { name: words.pause, exact: true }).waitFor();
  },
  results: finished,
  'images of a cell': async (page) => {
    await finished(page);
    await page
      .getByRole('button', { name: /taken for/ })
      .first()
      .click();
    await page.getByRole('list', { name: words.imagesListed }).waitFor();
  },
  'an image of a cell': async (page) => {
    await finished(page);
    await page
      .getByRole('button', { name: /taken for/ })
      .first()
      .click();
    await page.getByRole('list', { name: words.imagesListed }).getByRole('button').first().click();
    await page.getByRole('img', { name: /The photo/ }).waitFor();
  },
  'kept on this device': async (page) => {
    await finished(page);
    await page.getByRole('button', { name: words.back }).click();
    await page.getByRole('heading', { name: words.earlier }).waitFor();
  },
  korean: async (page) => {
    await finished(page);
    await page.getByText('한국어').click();
  },
};
