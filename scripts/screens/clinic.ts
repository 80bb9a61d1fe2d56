import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { english as en } from '../../src/app/languages/texts';
import { reloadWithoutModels } from '../out-of-reach';
import { dataFolder, heldBackHam10000 } from '../real-photos';
import {
  answered,
  draw,
  fusion,
  inKorean,
  koreanBehind,
  letter,
  pick,
  pickPhotos,
  refused,
  several,
  severalLesions,
  show,
  takeSample,
  tool,
  unfold,
} from './steps/clinic';
import { keepLikeCases } from './steps/like-cases';

export const path = 'clinic';

async function saveSeveral(page: Page): Promise<void> {
  await several(page);
  await pickPhotos(page, 'all');
  await page.getByRole('button', { name: 'Save 5 photos' }).click();
  await page.getByRole('dialog').getByText(en.caseBook.save.stays).waitFor();
}

async function agreement(page: Page): Promise<void> {
  await several(page);
  await page.getByRole('button', { name: en.pane.agreement.open }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Ask about/ })
    .click();
  await page.getByText(en.pane.agreement.complete).waitFor({ timeout: 600_000 });
}

/** Of a real photo: every drawn one is so unlike those of the training that nothing is compared with it. */
async function similarCases(page: Page): Promise<void> {
  const data = dataFolder([]);
  const [nevus] = heldBackHam10000(data).filter(({ dx }) => dx === 'nv');
  const name = `${nevus?.image_id}.jpg`;
  const buffer = readFileSync(join(data, 'derm', 'images', name));
  await pick(page, [{ name, mimeType: 'image/jpeg', buffer }]);
  await answered(page);
  await unfold(page, en.similar.heading);
  await page.getByText(/^Too few to compare/).waitFor();
  await page.evaluate(keepLikeCases);
  await page.reload();
  await page.getByRole('button', { name: en.session.resume }).click();
  await answered(page);
  await page.getByRole('link', { name: /Spot 1/ }).waitFor();
  await page.getByRole('heading', { name: en.similar.heading }).scrollIntoViewIfNeeded();
}

/** How to bring a fresh page into each state. */
export const states: Record<string, (page: Page) => Promise<void>> = {
  empty: async (page) => {
    await page.getByRole('button', { name: new RegExp(en.model.load.split('(')[0] ?? '') }).waitFor();
  },
  'model facts': async (page) => {
    await page.getByRole('button', { name: en.model.about }).click();
  },
  'back end': async (page) => {
    await page.getByRole('button', { name: new RegExp(en.backend.label.split('{')[0] ?? '') }).click();
  },
  running: async (page) => {
    await page.getByRole('button', { name: en.photo.sample }).click();
    await page.getByText(en.photo.dropHere).waitFor({ state: 'hidden' });
    await show(page, 'answer');
    await page.getByText(en.answer.runningHeading).or(page.getByText(en.answer.again)).first().waitFor();
  },
  answer: takeSample,
  photo: async (page) => {
    await takeSample(page);
    await show(page, 'photo');
  },
  map: async (page) => {
    await takeSample(page);
    await show(page, 'photo');
    await page.getByRole('switch', { name: en.map.show }).check({ force: true });
  },
  square: async (page) => {
    await takeSample(page);
    await show(page, 'photo');
    await tool(page, en.viewer.keys.square);
  },
  measure: async (page) => {
    await takeSample(page);
    await show(page, 'photo');
    await tool(page, en.viewer.keys.measure);
  },
  brush: async (page) => {
    await takeSample(page);
    await show(page, 'photo');
    await tool(page, en.viewer.keys.brush);
    const area = await page.getByRole('button', { name: en.viewer.brush.paintHere }).boundingBox();
    if (!area) throw new Error('there is nothing to paint on');
    const at = (x: number, y: number) => [area.x + x * area.width, area.y + y * area.height] as const;
    await page.mouse.move(...at(0.4, 0.4));
    await page.mouse.down();
    for (const y of [0.4, 0.45, 0.5, 0.55]) {
      await page.mouse.move(...at(0.6, y), { steps: 6 });
      await page.mouse.move(...at(0.4, y + 0.03), { steps: 6 });
    }
    await page.mouse.up();
    await answered(page);
    await show(page, 'photo');
  },
  several,
  grid: async (page) => {
    await several(page);
    for (const key of ['q', '1', 'j', '2', 'j', '3', 'j']) await page.keyboard.press(key);
    await page.getByRole('button', { name: /^1 starred$/ }).waitFor();
  },
  'save several': saveSeveral,
  agreement,
  'side by side': async (page) => {
    await several(page);
    await pickPhotos(page, 2);
    await page.getByRole('button', { name: en.pane.beside.open }).click();
    await page.getByRole('dialog').getByRole('region').nth(1).press('+');
  },
  'answer unfolded': async (page) => {
    await takeSample(page);
    const { about, comparison, threshold } = en.pane;
    for (const heading of [about, comparison, en.viewer.lesion.heading, threshold, en.facts.heading]) {
      await unfold(page, heading);
    }
  },
  'similar cases': similarCases,
  compare: async (page) => {
    await takeSample(page);
    await unfold(page, en.pane.comparison);
    await page.getByRole('button', { name: en.viewer.compare.open }).click();
    for (const box of await page
      .getByRole('group', { name: en.viewer.compare.which })
      .getByRole('checkbox')
      .all()
      .then((boxes) => boxes.slice(0, 2))) {
      await box.check();
    }
    await page.getByRole('table', { name: en.viewer.compare.heading }).getByRole('row').nth(2).waitFor();
    await page.getByText(en.viewer.queue.running).first().waitFor({ state: 'hidden' });
    await answered(page);
  },
  tta: async (page) => {
    await takeSample(page);
    await unfold(page, en.pane.comparison);
    await page.getByRole('button', { name: en.viewer.tta.ask }).click();
    await page.getByRole('heading', { name: en.viewer.tta.heading }).scrollIntoViewIfNeeded();
    await page.getByText(en.viewer.tta.whiskers).waitFor();
  },
  keys: async (page) => {
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  },
  'wrong file': async (page) => {
    await pick(page, [letter]);
    await show(page, 'answer');
    await page.getByRole('alert').first().waitFor();
  },
  'model out of reach': async (page) => {
    await reloadWithoutModels(page);
    await page.getByRole('alert').waitFor();
  },
  lesions: severalLesions,
  fusion,
  refused,
  'own impression first': async (page) => {
    await takeSample(page);
    await page.getByRole('switch', { name: en.caseBook.impression.first }).check({ force: true });
    await show(page, 'queue');
    await pick(page, [{ name: 'spot.png', mimeType: 'image/png', buffer: draw(4) }]);
    await show(page, 'answer');
    await page.getByRole('heading', { name: en.caseBook.impression.hidden }).waitFor();
  },
  'facts and body': async (page) => {
    await takeSample(page);
    await unfold(page, en.facts.heading);
    const facts = page.getByRole('region', { name: en.facts.heading });
    await facts.getByRole('button', { name: en.facts.pick }).click();
    await facts.scrollIntoViewIfNeeded();
  },
  exports: async (page) => {
    await takeSample(page);
    await page.getByRole('button', { name: en.export.menu, exact: true }).click();
    await page.getByRole('menuitem', { name: en.export.pdf }).waitFor();
  },
  'save to a case': async (page) => {
    await takeSample(page);
    await page.getByRole('button', { name: en.caseBook.save.button }).click();
    await page.getByRole('dialog').waitFor();
  },
  korean: inKorean(takeSample),
  'korean empty': inKorean(async () => {}),
  'korean several': inKorean(several),
  'korean save several': koreanBehind(saveSeveral),
  'korean agreement': koreanBehind(agreement),
  'korean similar cases': inKorean(similarCases),
  'korean lesions': inKorean(severalLesions),
  'korean fusion': inKorean(fusion),
  'korean refused': inKorean(refused),
  'no such page': async (page) => {
    await page.goto(page.url().replace(/#.*/, '#/nowhere'));
    await page.getByRole('heading', { name: en.missing.heading }).waitFor();
  },
};
