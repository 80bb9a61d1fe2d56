import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { importArchive } from '../scripts/import-archive';
import { drawnEmbedding, patientArchive } from '../scripts/patient-archive';
import { localDay } from '../src/core/day';
import { exampleAnalysis } from '../src/core/fixtures/analysis';
import { expectAccessible } from './accessible';
import { en, expect } from './app';
import { downloaded } from './case-steps';
import { heldBackPhotos, needsPhotos } from './photos';
import { reportText } from './report-text';
import { test } from './tiny-app';

/** A patient with nine lesions: real photos, records made by hand, a network so small that none is waited for. */

const words = en.patientPage;
const labels = [
  'Left arm',
  'Right arm',
  'Chest',
  'Belly',
  'Cheek',
  'Palm',
  'Sole',
  'Upper back',
  'Somewhere',
];
const odd = 6;

async function archive(): Promise<Buffer> {
  const photos = [...heldBackPhotos('nv', 8), ...heldBackPhotos('mel', 1)].map((path) => readFileSync(path));
  const places = [
    { site: 'arm', side: 'left' },
    { site: 'arm', side: 'right' },
    { site: 'chest', side: 'middle' },
    { site: 'abdomen' },
    { site: 'face', side: 'left', spot: { figure: 'head', area: 'cheek', x: 0.72, y: 0.55 } },
    { site: 'hand', side: 'right', spot: { figure: 'palms', area: 'palm', x: 0.25, y: 0.65 } },
    { site: 'foot', side: 'left', spot: { figure: 'soles', area: 'sole', x: 0.75, y: 0.45 } },
    { site: 'back', side: 'left', spot: { figure: 'back', area: 'upper-back', x: 0.42, y: 0.25 } },
    // As records of before the map had sides: only a place, of which there are two.
    { site: 'forearm' },
  ] as const;
  return patientArchive({
    alias: 'K-17',
    nextVisit: '2026-02-01',
    lesions: labels.map((label, index) => ({
      label,
      ...places[index],
      photos: [
        {
          bytes: photos[index] ?? Buffer.of(),
          type: 'image/jpeg',
          day: index < 6 ? '2025-08-04' : '2025-09-01',
        },
      ],
      analysis: exampleAnalysis({ embedding: drawnEmbedding(index, index === odd) }),
    })),
  });
}

async function importPatient(page: Page): Promise<void> {
  await importArchive(page, 'k-17.zip', await archive());
  await expect(page.getByText(en.caseBook.import.done)).toBeVisible();
}

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const pins = (page: Page) => region(page, words.map.heading).getByRole('button', { name: /^\d+\. / });
/** From a lesion to its patient; the list has a link of the same name. */
const toPatient = (page: Page) =>
  region(page, en.caseBook.detail)
    .getByRole('link', { name: /Page of patient K-17/ })
    .click();
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true });

test("a patient's page: who is due, all lesions on the body, visits, and photos for one of them", async ({
  app,
  page,
  tinySite: site,
}) => {
  needsPhotos();
  test.slow();
  await app.open(site, 'cases');
  await importPatient(page);

  // Who is due leads to the patient.
  await expect(region(page, words.due.heading)).toContainText('1 overdue');
  await region(page, words.due.heading).getByRole('link', { name: /K-17/ }).click();
  await expect(heading(page, 'Patient K-17')).toBeVisible();
  await expect(pins(page)).toHaveCount(8);
  await expect(page.getByText('1 lesion is not on the map')).toBeVisible();
  await expectAccessible(page);

  // By keyboard from pin to pin, and into a lesion; the browser's back button leads back.
  await pins(page).first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(pins(page).nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Right arm')).toBeVisible();
  await page.goBack();
  await expect(heading(page, 'Patient K-17')).toBeVisible();
  // By mouse.
  await pins(page)
    .filter({ has: page.getByText('8', { exact: true }) })
    .click();
  await expect(heading(page, 'Upper back')).toBeVisible();
  await toPatient(page);

  // The lesion without a pin gets one: by keyboard to a place, then nudged; the side is the patient's own.
  await page.getByRole('button', { name: 'Set the place of Somewhere on the map' }).click();
  const dialog = page.getByRole('dialog', { name: words.place.heading });
  const body = dialog.getByRole('radiogroup', { name: words.place.label });
  await body.getByRole('radio', { name: 'Forearm, left, seen from behind' }).press('Enter');
  await expect(dialog.getByRole('status')).toHaveText('Forearm, left, seen from behind');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(body.getByRole('radio', { name: 'Forearm, left, seen from behind' })).toBeChecked();
  await dialog
    .getByRole('radiogroup', { name: words.place.side })
    .getByText('Right', { exact: true })
    .click();
  await expect(dialog.getByRole('status')).toHaveText('Forearm, right, seen from behind');
  // By mouse, where the hand is large.
  await dialog.getByText(words.map.views.hands, { exact: true }).click();
  await body.getByRole('radio', { name: 'Palm, left' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Palm, left');
  await dialog.getByRole('button', { name: words.place.save }).click();
  await expect(pins(page)).toHaveCount(9);
  await expect(page.getByRole('button', { name: /^9\. Somewhere, Palm, left/ })).toBeVisible();

  // What the odd one out is, and what it is not.
  const oddOne = region(page, words.oddOneOut.heading);
  await expect(oddOne).toContainText("Looks least like this patient's other lesions: 7. Sole.");
  await expect(oddOne).toContainText('It is no diagnosis');
  await expect(region(page, words.visits.heading).getByRole('heading', { level: 4 })).toHaveText([
    /1\sSept?\s2025: 3 lesions/,
    /4\sAug\s2025: 6 lesions/,
  ]);

  // The next visit: no longer overdue.
  await page.getByRole('button', { name: 'in 6 months' }).click();
  await expect(region(page, words.due.heading)).toContainText(/in 1\d\d days/);

  // A photo for one of them: in the clinic, it is the one proposed.
  await page.getByRole('link', { name: 'Add a photo to Sole' }).click();
  await expect(region(page, words.taking.region)).toContainText('K-17, Sole');
  await app.chooseBackend('wasm');
  await app.pick(heldBackPhotos('nv', 9)[8] ?? '');
  await app.shownProbabilities();
  await page.getByRole('button', { name: en.caseBook.save.button }).click();
  const save = page.getByRole('dialog', { name: en.caseBook.save.heading });
  await expect(save.getByLabel(en.caseBook.patient, { exact: true })).toHaveValue('K-17');
  await expect(save.getByLabel(en.caseBook.lesion, { exact: true })).toHaveValue('Sole');
  await save.getByRole('button', { name: en.caseBook.save.do, exact: true }).click();
  await expect(page.getByText(en.caseBook.save.saved)).toBeVisible();
  await region(page, words.taking.region).getByRole('link', { name: words.taking.back }).click();
  await expect(heading(page, 'Sole')).toBeVisible();
  await expect(region(page, en.caseBook.photos).getByRole('listitem')).toHaveCount(2);

  // All of it outlives a reload, and goes into one report.
  await page.reload();
  await toPatient(page);
  await expect(pins(page)).toHaveCount(9);
  await expect(region(page, words.visits.heading).getByRole('heading', { level: 4 }).first()).toContainText(
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(new Date(`${localDay()}T12:00:00`)),
  );
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  const { bytes } = await downloaded(page, () =>
    page.getByRole('menuitem', { name: words.report.button }).click(),
  );
  const text = reportText(bytes);
  if (text === null) return;
  for (const part of ['Report of a patient', 'K-17', '9. Somewhere, Palm, left', '7. Sole'])
    expect(text).toContain(part);
  // The overview, and a page for the newest answer of each.
  expect(text.split('\f').length - 1).toBe(10);
});
