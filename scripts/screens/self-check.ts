import type { Page } from 'playwright';
import { english as en } from '../../src/app/languages/texts';
import { symptoms } from '../../src/features/self-check/model/outcome';

export const path = 'self-check';

const words = en.selfCheck;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Goes through the questions; `yes` is the symptom answered with Yes. */
async function answer(page: Page, yes: string | null, special: string = words.special.none): Promise<void> {
  await page.getByRole('button', { name: new RegExp(words.path.lesion.name) }).click();
  await page.getByLabel(words.about.age).fill('40');
  await button(page, words.next).click();
  await page.locator('[data-place="back"]').first().click();
  await button(page, words.next).click();
  await button(page, special).click();
  for (const symptom of symptoms) await button(page, symptom === yes ? words.yes : words.no).click();
}

/** A spot drawn by the page itself, in more or less light (1 to 0): no photo of a person is needed. */
async function giveDrawnSpot(page: Page, light = 1): Promise<void> {
  const dataUrl = await page.evaluate((light) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 640;
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.fillStyle = 'rgb(214 172 148)';
    context.fillRect(0, 0, 640, 640);
    let seed = 7;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    for (let i = 0; i < 26000; i++) {
      context.fillStyle = `rgb(${random() < 0.5 ? '120 70 50' : '255 230 210'} / 22%)`;
      context.fillRect(random() * 640, random() * 640, 1 + random() * 3, 1 + random() * 3);
    }
    context.globalCompositeOperation = 'multiply';
    for (let i = 0; i < 60; i++) {
      const [angle, reach] = [random() * 2 * Math.PI, random() * 70];
      context.fillStyle = 'rgb(150 95 70 / 35%)';
      context.beginPath();
      context.ellipse(320 + reach * Math.cos(angle), 320 + reach * Math.sin(angle), 50, 38, angle, 0, 7);
      context.fill();
    }
    context.fillStyle = `rgb(${255 * light} ${255 * light} ${255 * light})`;
    context.fillRect(0, 0, 640, 640);
    return canvas.toDataURL('image/png');
  }, light);
  const chooser = page.waitForEvent('filechooser');
  await button(page, words.photo.upload).click();
  const buffer = Buffer.from(dataUrl.split(',')[1] ?? '', 'base64');
  await (await chooser).setFiles({ name: 'spot.png', mimeType: 'image/png', buffer });
}

async function checkPhoto(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`${words.download.start}|${words.photo.check}`) })
    .click();
}

export const states: Record<string, (page: Page) => Promise<void>> = {
  start: async (page) => {
    await page.getByRole('heading', { name: words.start.heading }).waitFor();
  },
  about: async (page) => {
    await page.getByRole('button', { name: new RegExp(words.path.lesion.name) }).click();
  },
  place: async (page) => {
    await page.getByRole('button', { name: new RegExp(words.path.lesion.name) }).click();
    await button(page, words.about.withoutAge).click();
    await page.locator('[data-place="back"]').first().click();
  },
  symptom: async (page) => {
    await page.getByRole('button', { name: new RegExp(words.path.lesion.name) }).click();
    await button(page, words.about.withoutAge).click();
    await button(page, words.unknown).click();
    await button(page, words.special.none).click();
  },
  photo: async (page) => answer(page, null),
  'camera refused': async (page) => {
    await answer(page, null);
    await button(page, words.photo.camera).click();
    await page.getByRole('alert').waitFor();
  },
  camera: async (page) => {
    await answer(page, null);
    await page.context().grantPermissions(['camera']);
    await button(page, words.photo.camera).click();
    // The first frame has been looked at.
    await page.locator('video').waitFor();
    await page.getByText(en.camera.hint.starting).waitFor({ state: 'hidden' });
  },
  'photo taken': async (page) => {
    await answer(page, null);
    await giveDrawnSpot(page);
  },
  'see a doctor': async (page) => {
    await answer(page, 'bleed');
    await giveDrawnSpot(page);
    await checkPhoto(page);
    await page.locator('#outcome').waitFor();
  },
  'have it looked at': async (page) => {
    await answer(page, 'itch');
    await giveDrawnSpot(page);
    await checkPhoto(page);
    await page.getByText(words.abcde.guessed).waitFor();
  },
  'korean outcome': async (page) => {
    await answer(page, 'bleed');
    await giveDrawnSpot(page);
    await checkPhoto(page);
    await page.locator('#outcome').waitFor();
    await page.getByText('한국어').click();
  },
  'not judged': async (page) => {
    await answer(page, null);
    await giveDrawnSpot(page, 0.05);
    await checkPhoto(page);
    await page.locator('#outcome').waitFor();
  },
  nail: async (page) => answer(page, null, words.special.nail),
  acne: async (page) => {
    await page.getByRole('button', { name: new RegExp(words.path.acne.name) }).click();
  },
  'acne answer': async (page) => {
    await page.getByRole('button', { name: new RegExp(words.path.acne.name) }).click();
    await giveDrawnSpot(page);
    await checkPhoto(page);
    await page.getByRole('heading', { name: en.acne.types }).waitFor();
  },
  korean: async (page) => {
    await page.getByText('한국어').click();
  },
};
