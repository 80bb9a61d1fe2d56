import type { Page } from 'playwright';
import { redOrBlueOnnx } from '../../bench/onnx/red-or-blue';
import { english as en } from '../../src/app/languages/texts';
import { reloadWithoutModels } from '../out-of-reach';

export const path = 'models';

const list = (page: Page) => page.getByRole('navigation', { name: en.models.list });

async function chooseFirst(page: Page): Promise<void> {
  await list(page).getByRole('link').first().click();
  await page.getByRole('heading', { name: en.models.flow.heading }).waitFor();
}

/** How to bring a fresh page into each state. */
export const states: Record<string, (page: Page) => Promise<void>> = {
  list: async (page) => {
    await list(page).getByRole('link').first().waitFor();
  },
  sheet: chooseFirst,
  'with facts of the patient': async (page) => {
    await list(page)
      .getByRole('link', { name: /PAD|phone|symptom/i })
      .first()
      .click();
    await page.getByRole('heading', { name: en.models.flow.heading }).waitFor();
  },
  fusion: async (page) => {
    await list(page)
      .getByRole('link', { name: /together/ })
      .click();
    await page.getByRole('heading', { name: en.models.flow.heading }).waitFor();
  },
  'self-test': async (page) => {
    await chooseFirst(page);
    await page.getByRole('button', { name: en.models.selfTest.run }).click();
    await page.getByRole('button', { name: en.models.selfTest.again }).waitFor();
    await page.getByRole('table', { name: en.models.selfTest.heading }).scrollIntoViewIfNeeded();
  },
  'refused package': async (page) => {
    await list(page).getByRole('button', { name: en.models.add.open }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: en.models.add.zip }).click();
    await (await chooser).setFiles({
      name: 'mine.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from('no zip'),
    });
    await page.getByRole('alert').waitFor();
  },
  wizard: async (page) => {
    await list(page).getByRole('button', { name: en.models.add.open }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: en.models.add.zip }).click();
    await (await chooser).setFiles({
      name: 'red-blue.onnx',
      mimeType: 'application/octet-stream',
      buffer: redOrBlueOnnx(),
    });
    await page.getByRole('table', { name: en.importModel.found.heading }).waitFor();
  },
  korean: async (page) => {
    await chooseFirst(page);
    await page.getByText('한국어').click();
  },
  'out of reach': async (page) => {
    await reloadWithoutModels(page);
    await page.getByRole('alert').waitFor();
  },
};
