import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { appStarted } from '../scripts/app-started';
import { encodePng } from '../src/core/image/png';
import { samplePixels } from '../src/core/image/sample';
import { withText } from '../src/features/quiz/model/testing/photos';
import { expectAccessible } from './accessible';
import { en, expect } from './app';
import { test } from './tiny-app';

const words = en.quiz;

// Two people, one after the other, with every state looked at by axe.
test.describe.configure({ timeout: 480_000 });

/** A made-up picture with a name in it, beside the pixels, as cameras and programs write one. */
const photo = (name: string, seed: number) => {
  const png = encodePng({ width: 320, height: 240, channels: 4, data: samplePixels(seed, 320, 240) });
  return { name, mimeType: 'image/png', buffer: Buffer.from(withText(png, 'Jane Doe')) };
};
const photos = [photo('Jane Doe 1.png', 20), photo('Jane Doe 2.png', 7), photo('Jane Doe 3.png', 33)];
const table = 'file,label\nJane Doe 1.png,nv\nJane Doe 2.png,Melanoma\nJane Doe 9.png,nv\n';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const tab = (page: Page, name: keyof typeof words.tabs) => page.getByRole('tab', { name: words.tabs[name] });

async function give(page: Page, name: string, files: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await button(page, name).click();
  await (await chooser).setFiles(files);
}

/** A page of somebody who was never here. */
async function freshPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({
    ...{ locale: 'en-GB', viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  await page.goto(`${url}#/quiz`);
  await appStarted(page);
  return page;
}

/** A lecturer's set of three photos: two diagnoses out of a table, one by hand. Gives the saved file's path. */
async function makeSet(page: Page): Promise<string> {
  await expect(page.getByText(words.empty.heading)).toBeVisible();
  await tab(page, 'sets').click();
  await button(page, words.sets.make).click();
  await expect(page.getByText(words.edit.consent)).toBeVisible();
  await page.getByLabel(words.edit.title, { exact: true }).fill('Day one');
  await page.getByLabel(words.edit.author, { exact: true }).fill('A. Lecturer');
  await give(page, words.edit.addPhotos, photos);
  await expect(page.getByText('0 of 3 photos have a diagnosis.')).toBeVisible();
  await give(page, words.edit.table, {
    name: 'labels.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(table),
  });
  await expect(page.getByText('2 photos got a diagnosis. Rows without a photo here: 1.')).toBeVisible();
  const third = page.getByRole('listitem', { name: 'Photo 3' });
  await third.getByRole('combobox', { name: `Photo 3: ${words.edit.diagnosis}` }).click();
  await page.getByRole('option', { name: words.class.df.name }).click();
  await third.getByRole('combobox', { name: `Photo 3: ${words.edit.structures}` }).click();
  await page.getByRole('option', { name: words.structure['white-patch'].name }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByText('3 of 3 photos have a diagnosis.')).toBeVisible();
  await expectAccessible(page, 'a set that is made');
  const saving = page.waitForEvent('download');
  await button(page, words.edit.save).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe('lentigo-set-Day-one.zip');
  return download.path();
}

const diagnosisOf = async (page: Page): Promise<keyof typeof words.class> => {
  const said = await page.getByText(/^It is: /).textContent();
  const found = Object.entries(words.class).find(([, { name }]) => said?.includes(name));
  if (!found) throw new Error(`No diagnosis in "${said}"`);
  return found[0] as keyof typeof words.class;
};

test('a lecturer makes a set of own photos, and a student on another machine answers it', async ({
  app,
  page,
  browser,
  tinySite: url,
}) => {
  await app.open(url, 'quiz');
  const file = await makeSet(page);

  // Neither what stood beside the pixels nor a file's name left.
  const files = unzipSync(new Uint8Array(readFileSync(file)));
  expect(Object.keys(files).sort()).toEqual([
    'case-001.png',
    'case-002.png',
    'case-003.png',
    'lentigo.json',
    'list.json',
  ]);
  for (const bytes of Object.values(files)) expect(Buffer.from(bytes).includes('Jane')).toBe(false);
  expect(JSON.parse(strFromU8(files['lentigo.json'] as Uint8Array))).toMatchObject({
    title: 'Day one',
    author: 'A. Lecturer',
    disclaimer: { en: expect.stringMatching(/not a medical device/i) },
  });

  const student = await freshPage(browser, url);
  await student.evaluate(() => globalThis.lentigo.engine.pinBackend('wasm'));
  await tab(student, 'sets').click();
  await give(student, words.sets.openFile, file);
  await expect(student.getByText('by A. Lecturer')).toBeVisible();
  await expectAccessible(student, 'sets');
  await button(student, words.sets.ask).click();
  await answerAll(student);

  // All of it is kept on this machine.
  await student.reload();
  await appStarted(student);
  await tab(student, 'score').click();
  await expect(student.getByText(/^\d of 3 answers right$/)).toBeVisible();
  await expectAccessible(student, 'score');
  await button(student, words.score.reset).click();
  await button(student, words.score.resetDo).click();
  await expect(student.getByText(words.score.none).first()).toBeVisible();

  await tab(student, 'sets').click();
  await button(student, 'Delete Day one').click();
  await button(student, words.sets.deleteDo).click();
  await expect(student.getByText(words.sets.none)).toBeVisible();
  await student.context().close();
});

/** Three questions by the keyboard; the machine is asked about the first. */
async function answerAll(student: Page): Promise<void> {
  await expect(student.getByRole('img', { name: /Photo of the question/ })).toBeVisible();
  await expectAccessible(student, 'a question');
  const seen = new Set<string>();
  for (const turn of [0, 1, 2]) {
    await student.keyboard.press('2');
    const diagnosis = await diagnosisOf(student);
    seen.add(diagnosis);
    const outcome = diagnosis === 'mel' ? words.feedback.right : words.feedback.wrong;
    await expect(student.getByText(outcome, { exact: true })).toBeVisible();
    await expect(student.getByText(words.class[diagnosis].look)).toBeVisible();
    if (diagnosis === 'df') {
      await expect(student.getByText(words.structure['white-patch'].look)).toBeVisible();
    }
    if (turn === 0) {
      await expect(student.getByText(words.feedback.difficulty['not-measured'])).toBeVisible();
      await button(student, words.machine.ask).click();
      await expect(student.getByRole('table', { name: en.answer.probabilities })).toBeVisible();
      await expectAccessible(student, 'the machine has answered');
    }
    const next = button(student, words.question.next);
    if (turn !== 0) await expect(next).toBeFocused();
    else await next.focus();
    await student.keyboard.press('Enter');
    await expect(button(student, words.question.skip)).toBeVisible();
  }
  // Every photo once before any comes again.
  expect(seen).toEqual(new Set(['nv', 'mel', 'df']));
}

test('difficulty is measured in the background, and a wrong file is refused with a reason', async ({
  app,
  page,
  tinySite: url,
}) => {
  await app.open(url, 'quiz');
  await page.evaluate(() => globalThis.lentigo.engine.pinBackend('wasm'));
  await makeSet(page);
  await button(page, words.edit.back).click();
  await give(page, words.sets.openFile, {
    name: 'other.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from('no set'),
  });
  await expect(page.getByRole('alert').getByText(words.refused['not-a-set'])).toBeVisible();
  await tab(page, 'ask').click();
  await page.getByText(words.choices.heading).click();
  await expect(page.getByText(/3 not measured yet/)).toBeVisible();
  await button(page, words.choices.measure).click();
  await expect(page.getByText(/; 0 not measured yet/)).toBeVisible();
  await expectAccessible(page, 'what is asked');
});
