/** `npm run bench`: the benchmark screen's figures from the command line, in a real Chromium. */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type } from 'node:os';
import type { Browser, Page } from 'playwright';
import { buildWhenStale, builtApp } from '../scripts/build';
import { main, Stop } from '../scripts/command';
import { describeFailure } from '../scripts/evaluate/browser';
import { openPage } from '../scripts/open-page';
import { serve } from '../scripts/serve';
import { english } from '../src/app/languages/texts';
import type { Card } from '../src/core/card/card';
import type { BenchmarkRequest } from '../src/engine/engine';
import { type BenchmarkRow, comparisonOf } from '../src/features/benchmark/model/benchmark';
import { markdown, type TableWords } from '../src/features/benchmark/view/table';
import { type BenchArguments, readArguments } from './arguments';
import { type CasesResult, caseCounts, measureCases } from './cases/cases';
import { compare } from './compare/compare';
import { performanceReport } from './compare/report';
import { type DropResult, dropCases, measureDrop } from './drop/drop';
import { measureWhole } from './drop/whole';
import { measureLarge } from './large/large';
import { largeTable, type MeasuredLarge, record } from './large/measured';
import { type LiveResult, measureLive } from './live/live';

await main(async () => {
  const options = readArguments(process.argv.slice(2));
  await buildWhenStale();
  const { against, drop, dropWhole, cases, large, live } = options;
  if (against.length > 0 || drop || dropWhole || cases || large || live) return writeReport(options);
  const server = await serve({ folder: builtApp, port: 0 });
  const { browser, page } = await openPage(server.url);
  try {
    const cards = await cardsOf(page);
    const rows = await runAll(page, cards, options);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    const runtime = `Chromium ${browser.version()}, ${cores} logical cores`;
    const table = markdown(rows, runtime, wordsFor(cards));
    console.log(table);
    const comparison = comparisonOf(rows);
    if (comparison) {
      const { faster, times, packages } = comparison;
      console.log(`${faster} is ${times.toFixed(2)} times as fast here, over ${packages} models.`);
    }
    if (options.out) writeFileSync(options.out, table);
    return rows.some(({ result }) => result.ok) ? 0 : 1;
  } finally {
    await browser.close();
    await server.close();
  }
});

/** Compares with other programs, drops many photos, and writes of it what docs/performance.md is. */
async function writeReport(options: BenchArguments): Promise<number> {
  const server = await serve({ folder: builtApp, port: 0 });
  const { browser, page, flags } = await openPage(server.url);
  const known = await cardsOf(page);
  // Before this program adds to it.
  const [load = 0] = loadavg();
  const machine = await machineOf(browser, page);
  await browser.close();
  await server.close();
  const ids = wantedModels(known, options);
  // A panel has no network of its own: its members are compared.
  const cards = known.filter((card) => card.task !== 'panel').filter(({ id }) => ids.includes(id));
  const say = (sentence: string) => console.error(sentence);
  const { against, backends, rounds, limits } = options;
  const comparison = await compare({
    cards: against.length > 0 ? cards : [],
    against,
    backends,
    rounds,
    limits,
    flags,
    say,
  });
  const drops: DropResult[] = [];
  for (const drop of options.drop ? dropCases : []) {
    say(`${drop.photos} photos of ${drop.width} x ${drop.height} in one drop`);
    drops.push(await measureDrop(drop));
  }
  const books: CasesResult[] = [];
  for (const count of options.cases ? caseCounts : []) {
    say(`${count} cases`);
    books.push(await measureCases(count));
  }
  const live: LiveResult[] = [];
  for (const backend of options.live ? backends : []) {
    say(`the kiosk's camera on ${backend}`);
    live.push(await measureLive(backend, flags));
  }
  const largeInputs: MeasuredLarge = { machine, load, files: [], cases: books, drop: null };
  if (options.large) {
    say('large files');
    largeInputs.files = await measureLarge();
    record({ machine, load, files: largeInputs.files });
  }
  if (options.dropWhole) {
    const [, , largest] = dropCases;
    if (!largest) throw new Error('There is no such drop.');
    say(`${largest.photos} photos of ${largest.width} x ${largest.height}, to the last answer`);
    largeInputs.drop = await measureWhole(largest);
    record({ machine, load, drop: largeInputs.drop });
  }
  if (books.length > 0) record({ machine, load, cases: books });
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  const report = performanceReport({
    comparison,
    drops,
    books,
    live,
    large: largeTable(largeInputs),
    machine,
    load,
    command,
    rounds,
  });
  console.log(report);
  if (options.out) writeFileSync(options.out, report);
  return 0;
}

async function machineOf(browser: Browser, page: Page): Promise<string> {
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const [{ model = 'an unknown processor' } = {}] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${cores} logical cores, ${memory} GiB, ${type()}, Chromium ${browser.version()}`;
}

async function cardsOf(page: Page): Promise<Card[]> {
  const cards = await page.evaluate(() => globalThis.lentigo.engine.packages());
  if (!cards.ok) throw new Stop(`The models cannot be listed: ${describeFailure(cards.failure)}.`);
  return cards.value;
}

function wantedModels(cards: readonly Card[], { models }: BenchArguments): string[] {
  const known = cards.map(({ id }) => id);
  const unknown = models?.find((id) => !known.includes(id));
  if (unknown) throw new Stop(`There is no model "${unknown}". There are: ${known.join(', ') || 'none'}.`, 2);
  return models ?? known;
}

async function runAll(page: Page, cards: Card[], options: BenchArguments) {
  const { backends, limits } = options;
  const rows: BenchmarkRow[] = [];
  for (const packageId of wantedModels(cards, options)) {
    for (const backend of backends) {
      console.error(`${packageId} on ${backend}`);
      const known = rows.some((row) => row.packageId === packageId && row.result.ok);
      const request = { packageId, download: !known, ...limits };
      rows.push({ packageId, backend, result: await page.evaluate(benchmarkInPage, { backend, request }) });
    }
  }
  return rows;
}

/**
 * Runs in the page, so it uses nothing from outside itself. A closed engine starts afresh: then "first" is
 * first.
 */
async function benchmarkInPage({
  backend,
  request,
}: {
  backend: 'webgpu' | 'wasm';
  request: BenchmarkRequest;
}) {
  const { engine } = globalThis.lentigo;
  engine.close();
  const pinned = await engine.pinBackend(backend);
  return pinned.ok ? engine.benchmark(request) : pinned;
}

function wordsFor(cards: Card[]): TableWords {
  return {
    language: 'en',
    column: english.bench.column,
    perSecond: (value) => `${value}/s`,
    nameOf: (id) => cards.find((card) => card.id === id)?.title.en ?? id,
    failed: ({ result }) => (result.ok ? '' : describeFailure(result.failure)),
  };
}
