import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import type { Bundle } from 'fhir/r4';
import { readDicom } from '../src/engine/input/dicom';
import { en, expect, test } from './app';
import { writeTinyModels } from './tiny-models';

const words = en.healthRecord;

/** Opens the dialogue; nothing is made before its button is pressed. */
async function open(page: Page) {
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  await page.getByRole('menuitem', { name: words.menu }).click();
  return page.getByRole('dialog', { name: words.heading });
}

async function saved(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: words.save }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('an answer leaves as DICOM from the clinic and as FHIR from its case, with what was listed', async ({
  app,
  serveVariant,
}) => {
  const { page } = app;
  const models = await writeTinyModels();
  const site = await serveVariant({ mounts: { '/models/': models.folder } });
  await app.open(site);
  await app.chooseBackend('wasm');
  await page.getByRole('button', { name: en.photo.sample }).click();
  await app.shownProbabilities();

  const dialog = await open(page);
  await dialog.getByLabel(words.dicom).check();
  const photoRow = dialog.getByRole('row', { name: new RegExp(`^${words.words.contents.photo} `) });
  await expect(photoRow).toContainText(words.words.contents.photoElsewhere);
  await dialog.getByLabel(words.withPhoto).check();
  await expect(photoRow).toContainText(words.words.contents.photoValue);
  const dicom = await saved(page);
  expect(dicom.name).toMatch(/^lentigo-\d{4}-\d\d-\d\d\.dicom\.zip$/);
  const files = unzipSync(dicom.bytes);
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['photo.dcm', 'report.dcm']));
  const photo = await readDicom(files['photo.dcm'] ?? new Uint8Array());
  expect(photo.ok).toBe(true);
  const report = Buffer.from(files['report.dcm'] ?? []);
  expect(report.includes(en.report.disclaimer)).toBe(true);

  await page.getByRole('button', { name: en.caseBook.save.button }).click();
  const saving = page.getByRole('dialog', { name: en.caseBook.save.heading });
  await saving.getByRole('textbox', { name: en.caseBook.alias }).fill('K-17');
  await saving.getByRole('textbox', { name: en.caseBook.lesionLabel }).fill('Left forearm');
  await saving.getByRole('button', { name: en.caseBook.save.do, exact: true }).click();
  await expect(page.getByText(en.caseBook.save.saved)).toBeVisible();
  await app.open(site, 'cases');
  await page.reload();
  await page.getByRole('button', { name: /Left forearm/ }).click();

  await open(page);
  const plain = await saved(page);
  expect(plain.name).toMatch(/^lentigo-\d{4}-\d\d-\d\d\.fhir\.json$/);
  expect(plain.bytes.includes('K-17')).toBe(false);
  const again = await open(page);
  await again.getByLabel(words.withNames).check();
  await again.getByLabel(words.withPhoto).check();
  const named = await saved(page);
  expect(named.name).toMatch(/^lentigo-\d{4}-\d\d-\d\d-K-17-Left-forearm\.fhir\.json$/);
  const bundle: Bundle = JSON.parse(named.bytes.toString());
  const kinds = bundle.entry?.map(({ resource }) => resource?.resourceType);
  expect(kinds).toEqual(expect.arrayContaining(['DiagnosticReport', 'Patient', 'Media', 'Device']));
  models.remove();
});
