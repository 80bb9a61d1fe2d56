import type { Page } from 'playwright';
import { english } from '../../src/app/languages/texts';

const words = english.evaluate;

export const path = 'evaluate';

/** A folder of pictures that the page draws itself: they show no person, and their figures mean nothing. */
async function giveFolder(page: Page, outlines = false): Promise<void> {
  const draw = (mask: boolean) =>
    page.evaluate(
      (mask) =>
        Array.from({ length: 12 }, (_, index) => {
          const canvas = document.createElement('canvas');
          canvas.width = canvas.height = 256;
          const context = canvas.getContext('2d');
          if (context) {
            context.fillStyle = mask ? '#000' : `hsl(${18 + index} 45% ${62 + index}%)`;
            context.fillRect(0, 0, 256, 256);
            context.fillStyle = mask ? '#fff' : `hsl(20 55% ${14 + 3 * index}%)`;
            context.beginPath();
            // An outline drawn by hand lies a little aside.
            context.ellipse(mask ? 128 + 2 * index : 128, 128, 40 + 3 * index, 80 - 3 * index, index, 0, 7);
            context.fill();
          }
          return canvas.toDataURL('image/png').split(',')[1] ?? '';
        }),
      mask,
    );
  const pictures = await draw(false);
  const masks = outlines ? await draw(true) : [];
  // A dialog of the system cannot be photographed through: the page gets the folder as a browser without that
  // dialog would.
  await page.evaluate(
    ({ pictures, masks }) => {
      const transfer = new DataTransfer();
      const add = (name: string, part: BlobPart) => transfer.items.add(new File([part], name));
      pictures.forEach((picture, index) => {
        add(
          `spot-${index}.png`,
          Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0)),
        );
      });
      masks.forEach((mask, index) => {
        add(
          `spot-${index}_mask.png`,
          Uint8Array.from(atob(mask), (letter) => letter.charCodeAt(0)),
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
    { pictures, masks },
  );
  await page.getByText(words.otherFolder, { exact: true }).first().waitFor();
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
  'two models': async (page) => {
    await page.getByRole('checkbox', { name: /EfficientNet-B0/ }).check();
    await finished(page);
  },
  'outlines alone': async (page) => {
    await page.getByRole('checkbox', { name: 'Lesion outline' }).check();
    await giveFolder(page, true);
    await page.getByRole('button', { name: words.start, exact: true }).click();
    await page.getByText(words.announceDone).waitFor({ state: 'attached' });
  },
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
