import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import type { Bundle } from 'fhir/r4';
import { readDicom } from '../src/engine/input/dicom';
import { en, expect } from './app';
import { answeredSample, downloaded, saveCase } from './case-steps';
import { test } from './tiny-app';

const words = en.healthRecord;

/** Opens the dialogue; nothing is made before its button is pressed. */
async function open(page: Page) {
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  await page.getByRole('menuitem', { name: words.menu }).click();
  return page.getByRole('dialog', { name: words.heading });
}

const saved = (page: Page) => downloaded(page, () => page.getByRole('button', { name: words.save }).click());

test('an answer leaves as DICOM from the clinic and as FHIR from its case, with what was listed', async ({
  app,
  tinySite: site,
}) => {
  const { page } = app;
  await answeredSample(app, site);

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

  await saveCase(page, 'K-17', 'Left forearm');
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
});
