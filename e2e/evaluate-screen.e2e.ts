import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { command } from '../scripts/command';
import type { EvaluationResult } from '../scripts/evaluate/result';
import { pythonProgram } from '../scripts/python';
import type { EvaluationMeasured } from '../src/core/evaluation/measured';
import { headlineNames } from '../src/core/metrics/classifier';
import { formatFigure } from '../src/features/evaluate/view/figure-format';
import { expectAccessible } from './accessible';
import { en, expect, expectClose, smallId, test } from './app';
import { chooseFolder, makeArchive, withoutDirectoryPicker } from './evaluation-folder';
import { measuredPhotos, needsPhotos } from './photos';

const words = en.evaluate;

interface ExportedJson {
  disclaimer: Record<string, string>;
  measured: EvaluationMeasured;
  images: {
    path: string;
    label: string;
    answers: Record<string, { ok: boolean; probabilities: number[] }>;
  }[];
}

test('a real folder through the screen: paused, reloaded, resumed, exported, and the same as npm run evaluate', async ({
  app,
  page,
  site,
}, info) => {
  needsPhotos();
  const folder = info.outputPath('archive');
  const files = makeArchive(folder, 16, 8);
  await withoutDirectoryPicker(page);
  await app.open(site, 'evaluate');
  await app.chooseBackend('wasm');
  await page.getByRole('checkbox', { name: /nev.*melanoma/i }).check();
  await expectAccessible(page, 'setting up');
  await chooseFolder(page, folder);
  // The clinic's own words for the classes are understood, and what will happen is said before it does.
  await expect(page.getByLabel(/“nevus” means/)).toHaveValue('nv');
  await expect(page.getByLabel(/“melanoma” means/)).toHaveValue('mel');
  await expect(page.getByText(/^24 images in \d+ groups/)).toBeVisible();
  await expectAccessible(page, 'ready');
  await pauseAfterThree(page);
  await page.getByRole('button', { name: words.start, exact: true }).click();
  await expect(page.getByText(/^Figures of the first \d+ of 24 images/)).toBeVisible();
  const paused = await done(page);
  expect(paused).toBeLessThan(24);
  await page.reload();
  await page.getByRole('button', { name: words.open, exact: true }).click();
  expect(await done(page)).toBe(paused);
  // It says where it stopped.
  await expect(page.getByText(words.stoppedAt.replace('{{path}}', files[paused] ?? ''))).toBeVisible();
  await page.getByRole('button', { name: words.resume, exact: true }).click();
  await expect(page.getByText(words.needFolder)).toBeVisible();
  await chooseFolder(page, folder);
  await expect(page.getByText(words.announceDone)).toBeAttached();

  const exported = JSON.parse(await exportAs(page, words.asJson)) as ExportedJson;
  const figures = exported.measured.models[0]?.figures;
  expect(figures?.count).toBe(24);
  expect(exported.images.map(({ path }) => path)).toEqual(files);
  expect(exported.disclaimer.en).toBe(en.app.disclaimer);
  for (const name of headlineNames) {
    const value = figures?.metrics[name]?.value ?? Number.NaN;
    await expect(page.locator(`dl [data-figure="${name}"]`).first()).toHaveText(
      formatFigure(name, value, 'en'),
    );
  }
  await expectAccessible(page, 'results');

  // The threshold moves, and what it costs with it.
  const sensitivity = page.locator('[data-point="sensitivity"]');
  await page.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect(sensitivity).toHaveText(/100/);
  await page.keyboard.press('End');
  await expect(sensitivity).toHaveText(/^0/);

  const report = await exportAs(page, words.asHtml);
  expect(report).toContain(en.app.disclaimer);
  // Four, one a class, and three beside others.
  expect(report.match(/<svg/g)).toHaveLength(9);
  // But for the address of the intended use, which is the page's own.
  expect(report).not.toMatch(/https?:\/\/(?!www\.w3\.org|127\.0\.0\.1:\d+\/#\/intended-use)/);
  expect((await exportAs(page, words.asCsv)).trim().split('\n')).toHaveLength(25);

  // What PyTorch said of the photos that it has measured as well.
  for (const { path, probabilities } of measuredPhotos(smallId)) {
    const answer = exported.images.find((image) => image.path === basename(path))?.answers[smallId];
    if (!answer) continue;
    const ours = Object.fromEntries(
      Object.keys(probabilities).map((id, at) => [id, answer.probabilities[at] ?? 0]),
    );
    expectClose(ours, probabilities, 0.01);
  }
  const training = await trainingSide(exported, info.outputPath('exported.json'));
  for (const [name, value] of Object.entries(training ?? {})) {
    const ours = figures?.metrics[name as (typeof headlineNames)[number]]?.value;
    if (ours !== undefined) expect(Math.abs(ours - value), name).toBeLessThan(1e-9);
  }

  const out = info.outputPath('result.json');
  const options = ['--model', smallId, '--images', folder, '--labels', join(folder, 'labels.csv')];
  const { status, output } = await command(
    'npm',
    ['run', '--silent', 'evaluate', '--', ...options, '--backend', 'wasm', '--out', out],
    { quiet: true },
  );
  expect(status, output).toBe(0);
  const result = JSON.parse(readFileSync(out, 'utf8')) as EvaluationResult;
  expect(result.measured.figures?.confusion).toEqual(figures?.confusion);
  for (const name of headlineNames) {
    for (const part of ['value', 'low', 'high'] as const) {
      const [ours, theirs] = [figures?.metrics[name]?.[part], result.measured.figures?.metrics[name]?.[part]];
      expect(Math.abs((ours ?? Number.NaN) - (theirs ?? Number.NaN)), `${name} ${part}`).toBeLessThan(1e-5);
    }
  }
});

/** The same answers measured by the training side's own code; null where training/.venv is not there. */
async function trainingSide(exported: ExportedJson, path: string): Promise<Record<string, number> | null> {
  if (!existsSync(pythonProgram('python'))) {
    if (process.env.CI === 'true') throw new Error('training/.venv is missing');
    return null;
  }
  const rows = exported.images.map((image) => [
    image.label === 'melanoma' ? 1 : 0,
    image.answers[smallId]?.probabilities,
  ]);
  writeFileSync(path, JSON.stringify(rows));
  const program = [
    'import json, sys, numpy as np',
    'from lentigo.metrics import headline',
    'rows = json.load(open(sys.argv[1]))',
    'print(json.dumps(headline(np.array([r[0] for r in rows]), np.array([r[1] for r in rows]))))',
  ];
  const { status, output } = await command(pythonProgram('python'), ['-c', program.join('\n'), path], {
    quiet: true,
  });
  expect(status, output).toBe(0);
  return JSON.parse(output) as Record<string, number>;
}

/**
 * Presses "pause" in the page itself as soon as three answers are there: on a fast machine a test outside of
 * it would come too late.
 */
async function pauseAfterThree(page: Page): Promise<void> {
  await page.evaluate((pause) => {
    const watcher = new MutationObserver(() => {
      const texts = [...document.querySelectorAll('main *')].map(({ textContent }) => textContent ?? '');
      const done = texts.flatMap((text) => /^(\d+) of 24 images$/.exec(text)?.[1] ?? []);
      const button = [...document.querySelectorAll('button')].find(
        ({ textContent }) => textContent?.trim() === pause,
      );
      if (!(Number(done[0]) >= 3) || !button) return;
      watcher.disconnect();
      button.click();
    });
    watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  }, words.pause);
}

/** Images with an answer, as the screen says. */
async function done(page: Page): Promise<number> {
  const text = await page.getByText(/^\d+ of 24 images$/).textContent();
  return Number(text?.split(' ')[0]);
}

async function exportAs(page: Page, item: string): Promise<string> {
  await page.getByRole('button', { name: words.export, exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  return readFileSync(await (await download).path(), 'utf8');
}
