import { readFileSync, writeFileSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import type { Download, Locator, Page } from '@playwright/test';
import Papa from 'papaparse';
import { PNG } from 'pngjs';
import { en, expect } from './app';
import { count, ids } from './evaluation-checks';

/** The files that an evaluation leaves behind: PDF, plots, table, report. */

const words = en.evaluate;

/** The PDF holds text and pictures, made without leaving the page. */
export async function checkPdf(download: Download): Promise<void> {
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);
  const bytes = readFileSync(await download.path());
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const document = await PDFDocument.load(bytes);
  expect(document.getTitle()).toContain('Tiny, Tiny fusion');
  expect(document.getPageCount()).toBeGreaterThan(2);
}

/** Every plot as SVG that stands for itself, and as PNG with a picture in it. */
export async function checkPlots(page: Page): Promise<void> {
  const plots = page.locator('figure[data-plot]');
  const names = await plots.evaluateAll((all) => all.map((plot) => plot.getAttribute('data-plot')));
  const [model] = ids;
  expect(names.sort()).toEqual(
    [
      'outlines-dice',
      'outlines-jaccard',
      'models-net-benefit',
      'models-precision-recall',
      'models-roc',
      `${model}-confusion-matrix`,
      `${model}-precision-recall`,
      `${model}-reliability`,
      `${model}-reliability-mel`,
      `${model}-reliability-nv`,
      `${model}-roc`,
    ].sort(),
  );
  for (const name of names) {
    const plot = page.locator(`figure[data-plot="${name}"]`);
    const saved = await savePlot(page, plot, en.plots.asSvg);
    // Those of several models in one folder are told apart.
    expect(saved.suggestedFilename()).toBe(`${name}.svg`);
    const svg = readFileSync(await saved.path(), 'utf8');
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toMatch(/var\(|color\(|class=/);
    const wellFormed = await page.evaluate(
      (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror') === null,
      svg,
    );
    expect(wellFormed, name ?? '').toBe(true);
    const png = PNG.sync.read(readFileSync(await (await savePlot(page, plot, en.plots.asPng)).path()));
    const box = await plot.locator('svg').last().boundingBox();
    expect(Math.abs(png.width - 3 * (box?.width ?? 0)), name ?? '').toBeLessThan(5);
    const colours = new Set<number>();
    for (let at = 0; at < png.data.length; at += 4) colours.add(png.data.readUInt32BE(at));
    expect(colours.size, name ?? '').toBeGreaterThan(20);
  }
}

export async function checkTable(download: Download): Promise<void> {
  expect(download.suggestedFilename()).toMatch(/^evaluation-drawings-\d{4}-\d\d-\d\d\.csv$/);
  const text = readFileSync(await download.path(), 'utf8').replace('\ufeff', '');
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: 'greedy' });
  expect(data).toHaveLength(2 * count);
  expect(new Set(data.map(({ model }) => model))).toEqual(new Set(ids));
  for (const row of data) {
    expect(Number(row.p_nv) + Number(row.p_mel)).toBeCloseTo(1, 5);
    expect(row.disclaimer_en).toBe(en.app.disclaimer);
  }
}

/** The report opened as a file: both models, every plot, nothing that wants anything from elsewhere. */
export async function checkReport(page: Page, download: Download, picture: string): Promise<void> {
  const html = readFileSync(await download.path(), 'utf8');
  const report = await page.context().newPage();
  await report.setContent(html);
  await expect(report.getByText(en.app.disclaimer).first()).toBeVisible();
  // Six plots a model, three of both together, and those of the outlines.
  await expect(report.locator('figure svg')).toHaveCount(17);
  await expect(report.getByRole('heading', { name: words.perClass, exact: true })).toHaveCount(2);
  for (const title of ['Tiny', 'Tiny fusion'])
    await expect(report.getByRole('heading', { level: 2, name: title, exact: true })).toBeVisible();
  // What sensitivity, specificity and predictive values are of; controls are left out of a report.
  await expect(report.getByText(/^Positive: .+; threshold 0\.\d{3}; prevalence \d+\.\d+\s%\./)).toHaveCount(
    2,
  );
  await expect(report.getByRole('heading', { name: /^At threshold 0\.\d{3}, by part$/ })).toHaveCount(2);
  await expect(report.getByText(/^Exact two-sided|Exact two-sided p/)).toBeVisible();
  await expect(report.locator('button, input, script, link, [src]')).toHaveCount(0);
  writeFileSync(picture, await report.screenshot({ fullPage: true }));
  await report.close();
}

export async function save(page: Page, item: string): Promise<Download> {
  await page.getByRole('button', { name: words.export, exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  return download;
}

async function savePlot(page: Page, plot: Locator, item: string): Promise<Download> {
  await plot.getByRole('button', { name: /^Save the plot/ }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  return download;
}
