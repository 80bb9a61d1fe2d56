import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { importArchive } from '../scripts/import-archive';
import type { AnalysisJson } from '../src/core/report/analysis-schema';
import { type AppPage, en, expect, probabilitiesOf } from './app';
import { answeredSample, downloaded, recordsKept, saveCase } from './case-steps';
import { test } from './tiny-app';

/** The card of this one asks for eight facts. */
const asking = 'efficientnet-lite2-phone-symptoms';

/** A picture that the page draws itself, judged by the package that asks for facts. */
async function judgeSample(app: AppPage): Promise<void> {
  await app.chooseBackend('wasm');
  await app.page.getByRole('button', { name: en.photo.sample }).click();
  const card = JSON.parse(readFileSync(`public/models/${asking}/card.json`, 'utf8'));
  await app.chooseModel(card);
  await expect(app.answer.getByRole('button', { name: en.answer.again })).toBeVisible();
}

const region = (app: AppPage) => app.page.getByRole('region', { name: en.facts.heading });

async function exported(page: Page, item: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  return downloaded(page, () => page.getByRole('menuitem', { name: item }).click());
}

async function savedAnalysis(page: Page): Promise<AnalysisJson> {
  const { bytes } = await exported(page, en.export.json);
  return JSON.parse(bytes.toString()).analysis;
}

/** How many records the page's databases of cases hold. */
const storedRecords = (page: Page) => recordsKept(page, 'cases');

test('a fact of the patient changes the answer at once, and says by how much', async ({ app, site }) => {
  await app.open(site);
  await judgeSample(app);
  const before = await savedAnalysis(app.page);
  expect(before.modelMetadata?.used).toEqual({});
  await app.unfold(en.facts.heading);
  await region(app).getByRole('button', { name: en.facts.pick }).click();
  // By keyboard: to the body, then to a place on it.
  const body = app.page.getByRole('radiogroup', { name: en.facts.site });
  await body.getByRole('radio', { name: en.report.site.scalp }).focus();
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('Enter');
  await expect(body.getByRole('radio', { name: en.report.site.nose })).toBeChecked();
  const moved = region(app).getByRole('table');
  await expect(moved).toBeVisible();
  await region(app).getByRole('textbox', { name: /years/i }).fill('82');
  await expect(region(app).getByText('2 of 8 known')).toBeVisible();
  await expect(app.answer.getByRole('button', { name: en.answer.again })).toBeVisible();
  const after = await savedAnalysis(app.page);
  // What it was told is what was picked, and it made a difference, in digits that whole percents may not
  // show.
  expect(after.modelMetadata?.used).toEqual({ age: 82, region: 'nose' });
  expect(probabilitiesOf(after)).not.toEqual(probabilitiesOf(before));
});

test('the report is a PDF whose text can be read, and what leaves has no metadata', async ({ app, site }) => {
  const version = (() => {
    try {
      return execFileSync('pdftotext', ['-v'], { stdio: 'pipe' }).length;
    } catch {
      return null;
    }
  })();
  if (version === null && process.env.CI === 'true') throw new Error('poppler-utils (pdftotext) is missing.');
  test.skip(version === null, 'needs pdftotext of poppler-utils');
  await app.open(site);
  await judgeSample(app);
  const report = await exported(app.page, en.export.pdf);
  expect(report.name).toMatch(/\.pdf$/);
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: report.bytes, encoding: 'utf8' });
  expect(text).toContain(en.report.title);
  expect(text).toContain(asking);
  expect(text.replace(/\s+/g, ' ')).toContain(en.app.disclaimer);
  expect(text).toContain('진단이 아닙니다');
  const csv = await exported(app.page, en.export.csv);
  expect(csv.bytes.toString()).toMatch(/p_ack|p_bcc/);
  const overlay = await exported(app.page, en.export.overlay);
  expect(overlay.name).toMatch(/\.jpg$/);
  expect(overlay.bytes.includes('Exif')).toBe(false);
});

test('an analysis saved as JSON goes on, or is run again and reproduces; one tampered with does not', async ({
  app,
  site,
}) => {
  await app.open(site);
  await judgeSample(app);
  const { name, bytes } = await exported(app.page, en.export.json);
  await app.page.reload();
  const reopen = async (buffer: Buffer) => {
    const chooser = app.page.waitForEvent('filechooser');
    await app.page.getByRole('button', { name: en.handOver.openAnything }).click();
    await (await chooser).setFiles({ name, mimeType: 'application/json', buffer });
    return app.page.getByRole('dialog', { name: en.handOver.reopen.heading });
  };
  const dialog = await reopen(bytes);
  await dialog.getByRole('button', { name: en.handOver.proof }).click();
  await expect(dialog.getByText(en.handOver.reopen.yes, { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: en.handOver.reopen.close }).last().click();
  const forged = JSON.parse(bytes.toString());
  forged.analysis.probabilities[0].calibrated = 1 - forged.analysis.probabilities[0].calibrated;
  const again = await reopen(Buffer.from(JSON.stringify(forged)));
  await again.getByRole('button', { name: en.handOver.proof }).click();
  await expect(again.getByText(en.handOver.reopen.no, { exact: true })).toBeVisible();
  // The work goes on with the answer of then, even a forged one, until it is run again.
  await again.getByRole('button', { name: en.handOver.goOn }).click();
  const note = app.answer.getByRole('note').filter({ hasText: 'Re-opened' });
  await expect(note).toBeVisible();
  await app.answer.getByRole('button', { name: en.answer.again }).click();
  await expect(note).toHaveCount(0);
});

test('cases outlive a reload, go out and come back as one file, and are forgotten without a trace', async ({
  app,
  tinySite: site,
}) => {
  const { page } = app;
  await answeredSample(app, site);
  // The own impression comes first where that is wanted.
  await app.answer.getByRole('switch', { name: en.caseBook.impression.first }).check({ force: true });
  await page.getByRole('button', { name: en.viewer.queue.clear }).click();
  await page.getByRole('button', { name: en.photo.sample }).click();
  await app.answer.getByLabel(en.caseBook.impression.label, { exact: true }).fill('Melanoma');
  await app.answer.getByRole('button', { name: en.caseBook.impression.write }).click();
  await expect(app.answer.getByRole('button', { name: en.answer.again })).toBeVisible();
  await saveCase(page, 'K-17', 'Left forearm');
  const listed = page
    .getByRole('region', { name: en.caseBook.list })
    .getByRole('button', { name: /Left forearm/ });
  await app.open(site, 'cases');
  await page.reload();
  await listed.click();
  await expect(page.getByRole('img', { name: new RegExp(en.photo.sampleName) }).first()).toBeVisible();
  // Out of the case into the clinic, with the answer of then, and back.
  await page.getByRole('link', { name: /in the clinic$/ }).click();
  await expect(app.answer.getByRole('note').filter({ hasText: 'Re-opened' })).toBeVisible();
  await app.open(site, 'cases');
  await listed.click();
  await page.getByRole('textbox', { name: en.caseBook.notes }).fill('Itches since June.');
  await page.getByRole('textbox', { name: en.caseBook.notes }).blur();
  // What the laboratory found, and how the impression agreed with it.
  await page.getByRole('combobox', { name: en.caseBook.histology, exact: true }).fill('Melanoma');
  await page.getByRole('button', { name: en.caseBook.histologyWrite }).click();
  await expect(page.getByText(en.caseBook.written)).toBeVisible();
  await page.reload();
  await app.open(site, 'cases');
  const agreed = page.getByRole('row', {
    name: new RegExp(`^${en.caseBook.agreement.impressionAndHistology}`),
  });
  await expect(agreed.first()).toContainText('1 of 1');
  await page.getByRole('searchbox').fill('june');
  await expect(page.getByText('1 of 1 cases')).toBeVisible();

  await listed.click();
  await page.getByRole('button', { name: en.caseBook.deleteCase, exact: true }).click();
  await expect(page.getByText(en.caseBook.empty)).toBeVisible();
  await page.getByRole('button', { name: en.export.undo }).click();
  await expect(listed).toBeVisible();

  const keeping = page
    .getByRole('region', { name: en.caseBook.list })
    .getByRole('button', { name: /[KM]?B$/ });
  await keeping.click();
  const { bytes: archive } = await downloaded(page, () =>
    page.getByRole('menuitem', { name: en.caseBook.archive.export }).click(),
  );

  await keeping.click();
  await page.getByRole('menuitem', { name: en.caseBook.forget.button }).click();
  await page.getByRole('button', { name: en.caseBook.forget.do }).click();
  await expect(page.getByText(en.caseBook.empty)).toBeVisible();
  expect(await storedRecords(page)).toBe(0);
  await page.reload();
  await expect(page.getByText(en.caseBook.empty)).toBeVisible();
  expect(await storedRecords(page)).toBe(0);

  await importArchive(page, 'cases.zip', archive);
  await listed.click();
  await expect(page.getByRole('textbox', { name: en.caseBook.notes })).toHaveValue('Itches since June.');
});
