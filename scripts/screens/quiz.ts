import type { Page } from 'playwright';
import { english as en } from '../../src/app/languages/texts';
import { encodePng } from '../../src/core/image/png';
import { samplePixels } from '../../src/core/image/sample';

const words = en.quiz;

export const path = 'quiz';

/** Pictures that a program drew: they show no person, and answers for them mean nothing. */
const photos = [20, 7, 33, 12].map((seed) => ({
  name: `drawn-${seed}.png`,
  mimeType: 'image/png',
  buffer: Buffer.from(
    encodePng({ width: 640, height: 480, channels: 4, data: samplePixels(seed, 640, 480) }),
  ),
}));
const table = `file,label,structures,credit
drawn-20.png,nv,network; globules,Drawn by a program
drawn-7.png,mel,atypical-network; streaks; blue-white-veil,Drawn by a program
drawn-33.png,bcc,vessels; leaf-like-areas,Drawn by a program
drawn-12.png,df,white-patch; network,Drawn by a program
`;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function give(page: Page, name: string, files: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await button(page, name).click();
  await (await chooser).setFiles(files);
}

async function makeSet(page: Page): Promise<void> {
  await page.getByRole('tab', { name: words.tabs.sets }).click();
  await button(page, words.sets.make).click();
  await page.getByLabel(words.edit.title, { exact: true }).fill('Drawn lesions');
  await page.getByLabel(words.edit.author, { exact: true }).fill('A. Lecturer');
  await give(page, words.edit.addPhotos, photos);
  await page.getByText(/0 of 4 photos/).waitFor();
  await give(page, words.edit.table, {
    name: 'labels.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(table),
  });
  await page.getByText(/4 of 4 photos/).waitFor();
}

async function ask(page: Page): Promise<void> {
  await makeSet(page);
  await page.getByRole('tab', { name: words.tabs.ask }).click();
  await button(page, words.question.skip).waitFor();
}

async function answer(page: Page, key: string, withMachine = false): Promise<void> {
  await page.keyboard.press(key);
  await button(page, words.question.next).waitFor();
  if (!withMachine) return;
  await button(page, words.machine.ask).click();
  // A drawing mostly gets no result, and so no table.
  const table = page.getByRole('table', { name: en.answer.probabilities });
  await table.or(page.getByText(words.machine.noResult)).waitFor({ timeout: 240_000 });
}

async function answerSome(page: Page): Promise<void> {
  await ask(page);
  for (const key of ['1', '2', '2', '4', '7', '1']) {
    await answer(page, key);
    await button(page, words.question.next).click();
    await button(page, words.question.skip).waitFor();
  }
}

const korean = (bring: (page: Page) => Promise<void>) => async (page: Page) => {
  await bring(page);
  await page.getByText('한국어').click();
  await page.getByRole('tab', { name: '문제' }).waitFor();
};

/** How to bring a fresh page into each state. */
export const states: Record<string, (page: Page) => Promise<void>> = {
  empty: async (page) => {
    await page.getByText(words.empty.heading).waitFor();
  },
  editor: makeSet,
  sets: async (page) => {
    await makeSet(page);
    await button(page, words.edit.back).click();
  },
  question: ask,
  choices: async (page) => {
    await ask(page);
    await page.getByText(words.choices.heading).click();
  },
  feedback: async (page) => {
    await ask(page);
    await answer(page, '2');
  },
  machine: async (page) => {
    await ask(page);
    await answer(page, '2', true);
  },
  score: async (page) => {
    await answerSome(page);
    await page.getByRole('tab', { name: words.tabs.score }).click();
  },
  'korean feedback': korean(async (page) => {
    await ask(page);
    await answer(page, '2');
  }),
  'korean score': korean(async (page) => {
    await answerSome(page);
    await page.getByRole('tab', { name: words.tabs.score }).click();
  }),
  'korean editor': korean(makeSet),
};
