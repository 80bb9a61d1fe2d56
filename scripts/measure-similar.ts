/**
 * `npx tsx scripts/measure-similar.ts [cases]`: how long a search for similar cases takes, and how long of that the
 * page stands still, on the main thread and in the worker (src/records/similar-cases.ts), with so many made-up
 * cases (3,000) of a known histology. In Chromium, off the sources. Prints Markdown.
 */
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { ensureBrowser, noGpuFlags } from './browser';
import { main, root } from './command';

await main(async () => {
  const cases = Number(process.argv[2] ?? 3000);
  const server = await createServer({ root, server: { port: 0 }, logLevel: 'error' });
  await server.listen();
  const [url = ''] = server.resolvedUrls?.local ?? [];
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: noGpuFlags });
  try {
    const page = await browser.newPage();
    // tsx calls it around each function that has a name, also in those that are sent to the page.
    await page.addInitScript('globalThis.__name = (named) => named');
    // A page of the server without the app, which would work beside what is measured.
    await page.goto(`${url}colour-scheme.js`);
    await page.evaluate(seed, cases);
    console.log('| where | all, s | page stands still, s | longest, s | nearest |\n|---|---|---|---|---|');
    for (const where of ['main thread', 'worker'] as const) {
      const { all, still, longest, nearest } = await page.evaluate(search, where);
      const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);
      console.log(`| ${where} | ${seconds(all)} | ${seconds(still)} | ${seconds(longest)} | ${nearest} |`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return 0;
});

/** The functions below run in the page, so they use nothing from outside themselves. */

/** Cases as the clinic's panel answers for them: with an embedding of 2,688 numbers. */
async function seed(count: number): Promise<void> {
  const load = (path: string) => import(/* @vite-ignore */ path);
  const { openCases } = await load('/src/records/database.ts');
  const { exampleAnalysis, exampleLesion } = await load('/src/core/fixtures/analysis.ts');
  const opened = await openCases();
  if (!opened.ok) throw new Error(opened.failure.code);
  const time = '2025-01-01T00:00:00.000Z';
  const base = (id: string) => ({ schema: 1, id, createdAt: time, deletedAt: null });
  const blank = { patientId: null, site: null, side: null, spot: null, impressions: [], nextVisit: null };
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const embeddingOf = () => {
    const vector = Array.from({ length: 2688 }, random);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  };
  const indices = Array.from({ length: count }, (_, index) => index);
  for (let from = 0; from < count; from += 250) {
    const some = indices.slice(from, from + 250);
    const written = await opened.value.write({
      lesions: some.map((index) => ({
        ...base(`lesion-${index}`),
        ...blank,
        label: `Lesion ${index}`,
        histology: { label: index % 3 === 0 ? 'mel' : 'nv', recordedAt: time, notes: '' },
        notes: '',
        tags: [],
      })),
      entries: some.map((index) => {
        const lesion = exampleLesion(300);
        const analysis = exampleAnalysis({ embedding: embeddingOf() });
        return {
          ...base(`entry-${index}`),
          photoId: `photo-${index}`,
          lesionId: `lesion-${index}`,
          analysis: {
            ...analysis,
            activation: null,
            attention: null,
            lesion: {
              segmenter: null,
              lesions: [lesion],
              chosen: 0,
              nothing: null,
              morphology: null,
              mask: null,
              milliseconds: 1,
            },
          },
        };
      }),
    });
    if (!written.ok) throw new Error(written.failure.code);
  }
  opened.value.close();
}

/** A first search and how long the page could not answer while it ran: gaps of over 10 ms between two turns. */
async function search(where: 'main thread' | 'worker') {
  const load = (path: string) => import(/* @vite-ignore */ path);
  const { openCases } = await load('/src/records/database.ts');
  const { createSimilarCases } = await load('/src/records/similar-cases.ts');
  const { createSimilarInWorker } = await load('/src/records/similar-in-worker.ts');
  const { exampleAnalysis } = await load('/src/core/fixtures/analysis.ts');
  const opened = await openCases();
  const cases = { database: async () => opened, onWritten: () => {} };
  const similar = where === 'worker' ? createSimilarInWorker(cases) : createSimilarCases(cases);
  const embedding = Array.from({ length: 2688 }, (_, index) => (index === 0 ? 1 : 0));
  // The worker's script is there: what is measured is the search.
  if (where === 'worker')
    await similar.find(
      exampleAnalysis({ embedding: null, provenance: { packageId: 'none', packageHash: '' } }),
      null,
    );
  let still = 0;
  let longest = 0;
  let running = true;
  let last = performance.now();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    if (now - last > 10) still += now - last;
    longest = Math.max(longest, now - last);
    last = now;
    if (running) port2.postMessage(null);
  };
  port2.postMessage(null);
  const begun = performance.now();
  const found = await similar.find(exampleAnalysis({ embedding }), null);
  const all = performance.now() - begun;
  // The last turn may be the one that held the page up.
  await new Promise((resolve) => setTimeout(resolve));
  running = false;
  if (!found.ok) throw new Error(JSON.stringify(found.failure));
  return { all, still, longest, nearest: found.value.neighbours[0]?.of.lesion ?? 'none' };
}
