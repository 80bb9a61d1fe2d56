/**
 * `npm run bench -- --drop-whole`: the largest drop to its end. How many photos were answered, and why others were
 * not. It takes as long as the machine takes for 300 answers.
 */
import type { Page } from 'playwright';
import { peakMemory } from '../peak-memory';
import { type DropCase, dropPhotos, inFreshApp, tasksOf } from './drop';

export interface WholeResult extends DropCase {
  /** Photos that have an answer. */
  answered: number;
  /** Codes of the failures of the others, with how many have each. */
  failed: Record<string, number>;
  /** Milliseconds from the drop to the last answer. */
  took: number;
  longest: number;
  long: number;
  peak: number | null;
  /** Pictures in view, at the end, without a thumbnail. */
  withoutThumbnail: number;
  errors: string[];
}

const timeoutMs = 90 * 60_000;

export const measureWhole = (drop: DropCase): Promise<WholeResult> =>
  inFreshApp(async ({ browser, page, url, folder, errors }) => {
    await dropPhotos(page, { folder, url, drop, before: () => page.evaluate(countAnswers) });
    const counted = await untilAll(page, drop.photos);
    const dropped = await page.evaluate(() => globalThis.dropWatch.dropped);
    return {
      ...drop,
      ...counted,
      took: counted.at - (dropped ?? 0),
      ...(await tasksOf(page)),
      peak: await peakMemory(browser),
      withoutThumbnail: await page.evaluate(
        () => document.querySelectorAll('ol li').length - document.querySelectorAll('ol li img').length,
      ),
      errors,
    };
  });

interface Counted {
  answered: number;
  failed: Record<string, number>;
  /** On the page's clock: the last answer or failure. */
  at: number;
}

declare global {
  var answersCounted: Counted;
}

/** Runs in the page: counts what the engine answers. */
function countAnswers(): void {
  const counted: Counted = { answered: 0, failed: {}, at: 0 };
  globalThis.answersCounted = counted;
  const { engine } = globalThis.lentigo;
  const note = (result: { ok: true } | { ok: false; failure: { code: string } }) => {
    counted.at = performance.now();
    if (result.ok) counted.answered += 1;
    else counted.failed[result.failure.code] = (counted.failed[result.failure.code] ?? 0) + 1;
  };
  const { analyse, analyseAll } = engine;
  engine.analyse = async (...given) => {
    const result = await analyse(...given);
    note(result);
    return result;
  };
  engine.analyseAll = async (...given) => {
    const result = await analyseAll(...given);
    note(result.ok ? (result.value[0]?.answer ?? { ok: true }) : result);
    return result;
  };
}

async function untilAll(page: Page, photos: number): Promise<Counted> {
  const look = () => page.evaluate(() => globalThis.answersCounted);
  const end = Date.now() + timeoutMs;
  for (let counted = await look(); ; counted = await look()) {
    const all = counted.answered + Object.values(counted.failed).reduce((sum, count) => sum + count, 0);
    if (all >= photos || Date.now() > end) return counted;
    await page.waitForTimeout(5000);
  }
}
