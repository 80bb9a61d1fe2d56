import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { EvaluationMeasured } from '../src/core/evaluation/measured';
import { formatFigure, formatGap, formatP } from '../src/features/evaluate/view/figure-format';
import { formatShare } from '../src/ui/format';
import { expectAccessible } from './accessible';
import { en, expect } from './app';
import type { DrawnImage } from './drawn-archive';
import { tinyIds } from './tiny-models';

/** What the page and the files of an evaluation say, held against each other and against plain counting. */

const words = en.evaluate;
export const ids = [tinyIds.classifier, tinyIds.fusion];
export const count = 18;

export interface ExportedJson {
  measured: EvaluationMeasured;
  images: {
    path: string;
    label: string;
    answers: Record<string, { probabilities: [number, number] }>;
  }[];
}

/**
 * McNemar's counts and the differences, computed again from the answers, stand in the file and on the page.
 */
export async function checkComparison(page: Page, { measured, images }: ExportedJson): Promise<void> {
  const [comparison] = measured.comparisons;
  if (!comparison) throw new Error('Nothing was compared.');
  const right = ids.map((id) =>
    images.map(({ label, answers }) => {
      const [nevus, melanoma] = answers[id]?.probabilities ?? [0, 0];
      return (melanoma > nevus ? 'melanoma' : 'nevus') === label;
    }),
  );
  const only = (first: number, other: number) =>
    images.filter((_, index) => right[first]?.[index] && !right[other]?.[index]).length;
  const { mcnemar, differences } = comparison;
  expect(mcnemar).toMatchObject({ onlyFirst: only(0, 1), onlySecond: only(1, 0) });
  // The models must disagree, or this test says nothing.
  expect(mcnemar.onlyFirst + mcnemar.onlySecond).toBeGreaterThan(2);
  expect(mcnemar.p).toBeCloseTo(exactP(mcnemar.onlyFirst, mcnemar.onlySecond), 9);
  const [first = 0, second = 0] = ids.map((id) => areaOf(images, id));
  expect(differences.auc?.value).toBeCloseTo(first - second, 9);

  const section = page.getByRole('region', { name: words.comparison });
  await expect(section).toContainText(`p = ${formatP(mcnemar.p, 'en')}`);
  await expect(section).toContainText(`Of ${count} images, ${mcnemar.onlyFirst} only`);
  for (const name of ['accuracy', 'auc'] as const) {
    const estimate = differences[name];
    if (!estimate) throw new Error(`There is no difference of ${name}.`);
    expect(estimate.low).toBeLessThanOrEqual(estimate.value);
    expect(estimate.high).toBeGreaterThanOrEqual(estimate.value);
    expect(estimate.high).toBeGreaterThan(estimate.low);
    await expect(section.locator(`[data-figure="${name}"]`)).toContainText(
      formatGap(name, estimate.value, 'en'),
    );
  }
}

/** Two-sided exact binomial. */
function exactP(first: number, other: number): number {
  const all = first + other;
  let [choose, tail] = [1, 0];
  for (let k = 0; k <= Math.min(first, other); k++) {
    tail += choose;
    choose = (choose * (all - k)) / (k + 1);
  }
  return Math.min(1, (2 * tail) / 2 ** all);
}

/** The share of pairs of a melanoma and a nevus that are in the right order. */
function areaOf(images: ExportedJson['images'], id: string): number {
  const scores = (label: string) =>
    images.filter((image) => image.label === label).map(({ answers }) => answers[id]?.probabilities[1] ?? 0);
  const pairs = scores('melanoma').flatMap((high) =>
    scores('nevus').map((low) => (high > low ? 1 : high === low ? 0.5 : 0)),
  );
  return pairs.reduce<number>((sum, pair) => sum + pair, 0) / pairs.length;
}

/** The tiny segmenter finds what is dark: as far as its grid allows, the spots that were drawn. */
export async function checkOutlines(
  page: Page,
  { measured }: ExportedJson,
  drawn: DrawnImage[],
): Promise<void> {
  const outlines = measured.outlines;
  expect(outlines?.count).toBe(drawn.length);
  for (const [index, { file, dice, jaccard }] of drawn.entries()) {
    const found = outlines?.images[index];
    expect(found?.path).toBe(file);
    expect(Math.abs((found?.dice ?? 0) - dice), file).toBeLessThan(0.05);
    expect(Math.abs((found?.jaccard ?? 0) - jaccard), file).toBeLessThan(0.09);
  }
  const region = page.getByRole('region', { name: words.outlinesHeading });
  await expect(region).toContainText(`mean Dice ${formatFigure('dice', outlines?.dice?.value ?? 0, 'en')}`);
  await expect(region.locator('figure[data-plot]')).toHaveCount(2);
}

/**
 * A cell lists its images; one opens in the viewer, can be looked at closely, and the next is one key away.
 */
export async function checkViewer(page: Page, { measured, images }: ExportedJson): Promise<void> {
  const matrix = measured.models[0]?.figures?.confusion.matrix ?? [];
  const row = matrix.findIndex((counts) => counts.some((count) => count > 1));
  const column = matrix[row]?.findIndex((count) => count > 1) ?? -1;
  const [truth, predicted] = [row, column].map((index) => ['Nevus', 'Melanoma'][index]);
  const listed = matrix[row]?.[column] ?? 0;
  await page.getByRole('button', { name: new RegExp(`^${truth} taken for ${predicted}`) }).click();
  const list = page.getByRole('list', { name: words.imagesListed });
  await expect(list.getByRole('listitem')).toHaveCount(listed);
  const [first = '', second = ''] = await list.locator('span:first-child').allTextContents();
  await list.getByRole('button').first().click();

  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('img', { name: `The photo ${first}` })).toBeVisible();
  await expect(dialog.getByRole('img', { name: en.viewer.outline.alt })).toBeVisible();
  await expect(dialog).toContainText(`Image 1 of ${listed}`);
  const answer = images.find(({ path }) => path === first)?.answers[ids[0] ?? '']?.probabilities;
  await expect(
    dialog.getByRole('table', { name: en.answer.probabilities }).getByRole('row').first(),
  ).toContainText(`${(100 * Math.max(...(answer ?? []))).toFixed(0)}`);
  const photo = dialog.locator('figure');
  const whole = await photo.boundingBox();
  await dialog.getByRole('button', { name: en.viewer.keys['zoom-in'] }).click();
  await expect
    .poll(async () => (await photo.boundingBox())?.width)
    .toBeGreaterThan((whole?.width ?? 0) * 1.2);
  const near = await photo.boundingBox();
  await dialog.getByRole('region', { name: en.viewer.stage }).press('ArrowRight');
  await expect.poll(async () => (await photo.boundingBox())?.x).toBeLessThan(near?.x ?? 0);
  await page.keyboard.press('j');
  await expect(dialog.getByRole('img', { name: `The photo ${second}` })).toBeVisible();
  await dialog.getByRole('button', { name: words.previousImage }).click();
  await expect(dialog).toContainText(first);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: words.toList }).click();
  await expect(list).toBeVisible();
  await page.keyboard.press('Escape');
}

/** PPV and NPV at a prevalence that is typed in, by Bayes' theorem from the counts that stand beside them. */
export async function checkPrevalence(page: Page): Promise<void> {
  // Between the tiny network's answers, which all lie near a half.
  const track = page.locator('.mantine-Slider-track');
  const { width = 0, height = 0 } = (await track.boundingBox()) ?? {};
  await track.click({ position: { x: 0.56 * width, y: height / 2 } });
  const counts = await page.getByText(/^\d+ found, \d+ missed/).textContent();
  const [tp = 0, fn = 0, fp = 0, tn = 0] = (counts?.match(/\d+/g) ?? []).map(Number);
  // Both kinds of error occur, or a prevalence changes nothing.
  expect(Math.min(tp, fn, fp, tn), counts ?? '').toBeGreaterThan(0);
  const [sensitivity, specificity] = [tp / (tp + fn), tn / (tn + fp)];
  const shown = (name: string) => page.locator(`[data-point="${name}"]`);
  for (const percent of [2, 60]) {
    await page.getByLabel(words.prevalence).fill(String(percent));
    const has = percent / 100;
    const ppv = (sensitivity * has) / (sensitivity * has + (1 - specificity) * (1 - has));
    const npv = (specificity * (1 - has)) / (specificity * (1 - has) + (1 - sensitivity) * has);
    await expect(shown('ppv')).toHaveText(formatShare(ppv, 'en'));
    await expect(shown('npv')).toHaveText(formatShare(npv, 'en'));
    await expect(shown('sensitivity')).toHaveText(formatShare(sensitivity, 'en'));
  }
}

/** Photos worth a look: as many as the counts say, each with its answer behind a press. */
export async function checkGallery(page: Page, { measured }: ExportedJson): Promise<void> {
  const section = page.getByRole('region', { name: words.gallery.heading });
  const [[, first = 0] = [], [second = 0] = []] = measured.models[0]?.figures?.confusion.matrix ?? [];
  const { onlyFirst = 0, onlySecond = 0 } = measured.comparisons[0]?.mcnemar ?? {};
  await expect(section.getByText(`${words.gallery.errors} (${first + second})`)).toBeVisible();
  await section.getByText(`${words.gallery.disagreements} (${onlyFirst + onlySecond})`).click();
  const tiles = section.getByRole('list').getByRole('button');
  await expect(tiles).toHaveCount(Math.min(12, onlyFirst + onlySecond));
  await expect(tiles.first().locator('img')).toBeVisible();
  await tiles.first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('img', { name: /^The photo/ })).toBeVisible();
  await expect(dialog).toContainText('Tiny fusion: ');
  await page.keyboard.press('Escape');
}

/** The slider's rates stand in the table of parts too, for all images. */
export async function checkParts(page: Page): Promise<void> {
  const all = page.locator('[data-part="all all"]');
  // Nine images of each side: counted, and not rated.
  await expect(all.locator('td').first()).toHaveText(/^too few to say \(\d of 9\)$/);
  await expect(page.locator('[data-sample-size="sensitivity"]')).toContainText('images that have it');
}

/** What is saved for others opens beside the own results, with the same figures, and says nothing of photos. */
export async function checkShared(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: words.export, exact: true }).click();
  await page.getByRole('menuitem', { name: words.asResults }).click();
  await page.getByLabel(words.resultsName).fill('Ward 3');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: words.saveResults, exact: true }).click();
  await (await download).saveAs(path);
  const text = readFileSync(path, 'utf8');
  for (const hidden of ['.png', 'drawings', 'masks/']) expect(text).not.toContain(hidden);

  const section = page.getByRole('region', { name: words.together.heading });
  const rows = section.locator('tbody tr');
  await expect(rows).toHaveCount(2);
  const chooser = page.waitForEvent('filechooser');
  await section.getByRole('button', { name: words.together.open }).click();
  await (await chooser).setFiles(path);
  await expect(rows).toHaveCount(4);
  const cells = await rows.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('td')].map(({ textContent }) => textContent)),
  );
  expect(cells.slice(2)).toEqual(cells.slice(0, 2));
  await expect(section.locator('figure[data-plot="models-roc"] [data-band]')).toHaveCount(4);
  await page.screenshot({ path: path.replace(/json$/, 'png'), fullPage: true });
  await section.getByRole('button', { name: words.together.close.replace('{{name}}', 'Ward 3') }).click();
  await expect(rows).toHaveCount(2);
}
