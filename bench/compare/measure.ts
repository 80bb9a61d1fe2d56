import { chromium } from 'playwright';
import { appStarted } from '../../scripts/app-started';
import { findBrowser } from '../../scripts/browser';
// Declares globalThis.lentigo, which the built app puts on its page.
import type {} from '../../src/app/automation';
import type { BackendName } from '../../src/core/analysis';
import type { NetworkCard } from '../../src/core/card/card';
import { expectedAnswer, largestDifference } from '../../src/engine/package/golden';
import { peakMemory } from '../peak-memory';
import type { Host } from './host';
import type {} from './page/page';
import type { Program, Timing } from './rival';

/** One program on one package, in a browser of its own, once. */
export interface Measured extends Timing {
  adapter: string;
  software: boolean;
  note: string;
  bytes: number;
  /** The first pass after whatever the program calls loading. */
  ready: number;
  /** Most that the browser's page and GPU processes held, in bytes; null where the system does not say. */
  peak: number | null;
  /** How far its golden answer is from the card's. */
  difference: number;
}

export interface Measure {
  host: Host;
  flags: readonly string[];
  card: NetworkCard;
  program: Program;
  backend: BackendName;
  isolated: boolean;
  limits: { maxPasses: number; timeoutMs: number };
}

/** Throws with the program's own words where it does not run. */
export async function measure({ host, flags, program, isolated, ...how }: Measure): Promise<Measured> {
  const executablePath = findBrowser() ?? undefined;
  const browser = await chromium.launch({ executablePath, args: [...flags] });
  try {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(host.url(program === 'lentigo' ? 'lentigo' : 'others', isolated));
    const measured = await (program === 'lentigo' ? measureOwn(page, how) : measureRival(page, program, how));
    return { ...measured, peak: await peakMemory(browser) };
  } finally {
    await browser.close();
  }
}

type How = Pick<Measure, 'card' | 'backend' | 'limits'>;
type Page = Awaited<ReturnType<Awaited<ReturnType<typeof chromium.launch>>['newPage']>>;

async function measureOwn(page: Page, { card, backend, limits }: How): Promise<Omit<Measured, 'peak'>> {
  await appStarted(page);
  const [result, test] = await page.evaluate(
    async ([packageId, backend, limits]) => {
      const { engine } = globalThis.lentigo;
      const pinned = await engine.pinBackend(backend);
      if (!pinned.ok) return [pinned, pinned];
      const timed = await engine.benchmark({ packageId, download: false, ...limits });
      return [timed, await engine.selfTest(packageId)];
    },
    [card.id, backend, limits] as const,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  if (!test.ok || !('difference' in test.value)) throw new Error(JSON.stringify(test));
  if (!('steady' in result.value)) throw new Error('no timing');
  const { load, first, afterWarmUp = first, steady, batch, backend: status } = result.value;
  return {
    adapter: status.adapter,
    software: status.software,
    note: '',
    bytes: card.files.reduce((sum, file) => sum + file.bytes, 0),
    // Warming up belongs to a load.
    load: load + first,
    first: afterWarmUp,
    ready: afterWarmUp,
    steady,
    batch: batch?.milliseconds ?? null,
    difference: test.value.difference,
  };
}

async function measureRival(
  page: Page,
  program: 'ort' | 'tfjs',
  { card, backend, limits }: How,
): Promise<Omit<Measured, 'peak'>> {
  await page.waitForFunction(() => globalThis.rival !== undefined);
  const request = { program, backend, card, ...limits };
  const answer = await page.evaluate((asked) => globalThis.rival.measure(asked), request);
  const { golden, ...timing } = answer;
  return {
    ...timing,
    software: /software/.test(answer.adapter),
    ready: answer.first,
    difference: largestDifference(golden, expectedAnswer(card)),
  };
}
