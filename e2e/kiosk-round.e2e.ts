import type { Page } from '@playwright/test';
import { appStarted } from '../scripts/app-started';
import { findBrowser, noGpuFlags } from '../scripts/browser';
import { leap, withLeapingClock } from '../scripts/kiosk-steps';
import { expectAccessible } from './accessible';
import { defaultCard, en, expect, test } from './app';

/** "You or the machine?" with drawn pictures and a real model, on WASM. */

const { kiosk, kioskRound } = en;

test.use({
  viewport: { width: 1920, height: 1080 },
  launchOptions: {
    executablePath: findBrowser() ?? undefined,
    args: noGpuFlags,
  },
});

test.setTimeout(900_000);

/** Seconds without a touch. The page's clock is put forward where they are to pass. */
const timeout = 300;

async function openDoors(page: Page, site: string): Promise<void> {
  await withLeapingClock(page);
  await page.goto(`${site}#/kiosk?timeout=${timeout}`);
  await appStarted(page);
  // Nine pictures are run before that, which takes a busy machine its time.
  await expect(page.getByTestId('requests')).toHaveAttribute('data-count', '0', { timeout: 300_000 });
}

async function leave(page: Page): Promise<void> {
  await leap(page, timeout);
  await expect(place(page)).toHaveAttribute('data-place', 'loop');
}

const place = (page: Page) => page.locator('main');
const picture = (page: Page) => page.getByRole('img', { name: kiosk.pictureAlt });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });

type Call = 'harmless' | 'suspicious';

/** What the engine says of the picture on show, asked again: flagged, not flagged, or no result. */
async function askEngine(page: Page): Promise<Call | null> {
  const url = await picture(page).getAttribute('src');
  const said = await page.evaluate(
    async ({ url, packageId }) => {
      const photo = await (await fetch(url)).blob();
      const result = await globalThis.lentigo.engine.analyse(photo, { packageId, overruleGate: true });
      if (!result.ok) throw new Error(result.failure.code);
      const { decision, outOfDistribution } = result.value;
      return { above: decision?.above, refused: outOfDistribution?.refused };
    },
    { url: url ?? '', packageId: defaultCard.id },
  );
  if (said.refused) return null;
  return said.above ? 'suspicious' : 'harmless';
}

/** The true call about the photo whose answer is on show. */
async function truth(page: Page): Promise<Call> {
  const shown = (await heading(page, new RegExp(`^${kioskRound.truth.split('{{')[0]}`)).textContent()) ?? '';
  const [id] = Object.entries(kioskRound.diagnosis).find(([, { name }]) => shown.endsWith(name)) ?? [];
  expect(id, shown).toBeTruthy();
  return ['mel', 'bcc', 'akiec'].includes(id ?? '') ? 'suspicious' : 'harmless';
}

/** What was drawn is a matter of chance: the longest sentences of all photos, put in the place of those on show. */
async function showLongestWords(page: Page): Promise<void> {
  const longest = (texts: string[]) => texts.reduce((a, b) => (b.length > a.length ? b : a));
  const list = [
    en.kioskRound.structure['atypical-network'],
    kioskRound.structure.regression,
    kioskRound.structure.streaks,
  ];
  const lines = [
    kioskRound.noCallFlagged,
    kioskRound.look,
    longest(Object.values(kioskRound.diagnosis).map(({ look }) => look)),
    kioskRound.drawnInto.replace('{{list}}', list.join(', ')),
    `${kioskRound.legend} ${kioskRound.drawnNote}`,
  ];
  const note = page.locator('main p', { hasText: kioskRound.drawnNote });
  await note.evaluate((last, lines) => {
    const look = last.previousElementSibling as HTMLElement;
    const said = last.cloneNode() as HTMLElement;
    said.textContent = lines[0] as string;
    if (look.previousElementSibling?.tagName !== 'P') look.before(said);
    for (const [index, child] of [...look.children, last].entries())
      child.textContent = lines[index + 1] as string;
  }, lines);
}

/** The last line of what is shown of a photo lies above the button that goes on. */
async function expectNothingCovered(page: Page): Promise<void> {
  const last = await page.getByText(kioskRound.drawnNote).boundingBox();
  const button = await page
    .getByRole('button', { name: new RegExp(`^(${kioskRound.next}|${kioskRound.toScore})$`) })
    .boundingBox();
  expect((last?.y ?? Number.NaN) + (last?.height ?? 0)).toBeLessThanOrEqual(button?.y ?? 0);
}

/** A stranger sees at once what comes next: of all buttons on the page one is filled. */
async function expectOneMainButton(page: Page, name?: string): Promise<void> {
  // A button that names no variant is filled.
  const filled = page.locator(
    'main button.mantine-Button-root:not([data-variant="default"], [data-variant="light"], [data-variant="subtle"])',
  );
  await expect(filled).toHaveCount(1);
  if (name !== undefined) await expect(filled).toHaveText(name);
}

const answerOf = (page: Page, side: string) =>
  page.locator('dl > div', { has: page.getByText(side, { exact: true }) });

test('a round is played to its end; the score is what was pressed, and what the engine says', async ({
  page,
  site,
}) => {
  await openDoors(page, site);
  // The main button of the loop.
  await expectOneMainButton(page, kiosk.touch);
  await page.getByRole('button', { name: kiosk.touch }).click();
  await expect(place(page)).toHaveAttribute('data-place', 'round');
  await expect(page.getByText(kioskRound.drawnIntro)).toBeVisible();
  await expectAccessible(page, 'intro');
  await expectOneMainButton(page, kioskRound.start);
  await page.getByRole('button', { name: kioskRound.start }).click();

  const score = { you: 0, machine: 0, refused: 0 };
  const presses: Call[] = ['harmless', 'suspicious', 'suspicious', 'harmless', 'suspicious', 'harmless'];
  for (const [index, pressed] of presses.entries()) {
    await expect(heading(page, kioskRound.question)).toBeFocused();
    if (index === 0) await expectAccessible(page, 'question');
    const machine = await askEngine(page);
    if (index === 0) {
      // By keyboard: the first button comes next.
      await page.keyboard.press('Tab');
      await expect(page.getByRole('button', { name: kioskRound.call.harmless })).toBeFocused();
      await page.keyboard.press('Enter');
    } else await page.getByRole('button', { name: kioskRound.call[pressed] }).click();

    const is = await truth(page);
    const right = (call: Call | null) =>
      call === null ? kioskRound.none : call === is ? kioskRound.right : kioskRound.wrong;
    await expect(answerOf(page, kioskRound.you)).toContainText(kioskRound.call[pressed] + right(pressed));
    const headlines = { harmless: 'not-flagged', suspicious: 'flagged' } as const;
    const said = machine === null ? kioskRound.noCall : en.verdict.headline[headlines[machine]];
    await expect(answerOf(page, kioskRound.machine)).toContainText(said + right(machine));
    // The question before it has two answers, neither of which may lead.
    await expectOneMainButton(page);
    if (index === 0) await expectAccessible(page, 'reveal');
    await expectNothingCovered(page);
    if (index === 0) {
      await showLongestWords(page);
      await expectNothingCovered(page);
    }
    score.you += Number(pressed === is);
    score.machine += Number(machine === is);
    score.refused += Number(machine === null);
    await page
      .getByRole('button', { name: index < presses.length - 1 ? kioskRound.next : kioskRound.toScore })
      .click();
  }

  await expect(answerOf(page, kioskRound.you).locator('strong')).toHaveText(String(score.you));
  // A model that gave no result for any photo was no opponent.
  const machines = score.refused === presses.length ? '–' : String(score.machine);
  await expect(answerOf(page, kioskRound.machine).locator('strong')).toHaveText(machines);
  const { drawn, noneDrawn } = kioskRound.score;
  await expect(page.getByText(score.refused === presses.length ? noneDrawn : drawn)).toBeVisible();
  await expectAccessible(page, 'score');
  // The site's phone model looks through the camera.
  await expectOneMainButton(page, kioskRound.score.camera);

  await page
    .getByRole('button', { name: kioskRound.score.lookInside.split('{{')[0] })
    .nth(2)
    .click();
  await expect(place(page)).toHaveAttribute('data-place', 'inside');
  const next = page.getByRole('button', { name: kiosk.next, exact: true });
  await expect(page.locator('main [aria-busy=false]')).toBeVisible();
  await expectOneMainButton(page, kiosk.next);
  while (await next.isVisible()) await next.click();
  await expectOneMainButton(page, kioskRound.score.camera);
  await page.getByRole('button', { name: kioskRound.score.camera }).click();
  await expect(place(page)).toHaveAttribute('data-place', 'camera');
  await expectOneMainButton(page, kiosk.startCamera);
  // Back to the score that it came from, not to the samples.
  await page.getByRole('button', { name: kiosk.back, exact: true }).click();
  await expect(place(page)).toHaveAttribute('data-place', 'round');
  await page.getByRole('button', { name: en.takeaway.take }).click();
  await expect(place(page)).toHaveAttribute('data-place', 'takeaway');
  await expectOneMainButton(page);
  await page.getByRole('button', { name: kiosk.back, exact: true }).click();
  await expect(answerOf(page, kioskRound.you).locator('strong')).toHaveText(String(score.you));
  await expect(page.getByTestId('requests')).toHaveAttribute('data-count', '0');

  await leave(page);
  await page.getByRole('button', { name: kiosk.touch }).click();
  await expect(heading(page, kioskRound.name)).toBeVisible();
  await expect(page.getByRole('button', { name: kioskRound.start })).toBeVisible();
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('kiosk')));
  expect(kept).toEqual(['lentigo.kiosk.visitors']);
});

test('whoever leaves in the middle of a round leaves nothing; "Start over" does the same', async ({
  page,
  site,
}) => {
  await openDoors(page, site);
  const begin = async () => {
    await page.getByRole('button', { name: kiosk.touch }).click();
    await page.getByRole('button', { name: kioskRound.start }).click();
    await page.getByRole('button', { name: kioskRound.call.suspicious }).click();
    await expect(heading(page, kioskRound.truth.split('{{')[0] ?? '')).toBeVisible();
  };
  await begin();
  await leave(page);
  await begin();
  await page.getByRole('button', { name: kiosk.startOver }).click();
  await expect(place(page)).toHaveAttribute('data-place', 'loop');
  await page.getByRole('button', { name: kiosk.touch }).click();
  await expect(page.getByRole('button', { name: kioskRound.start })).toBeVisible();
});
