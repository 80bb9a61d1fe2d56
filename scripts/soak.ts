/**
 * `npm run soak`: round after round of the kiosk in a real browser, or with `--what evaluation` image after
 * image of an evaluation; fails when memory is not flat over the second half. `--rounds 1000` (visits, or
 * images), `--backend wasm` (the usual) or `webgpu`.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { samplePixels } from '../src/core/image/sample';
import { ensureBrowser, hardwareGpuFlags } from './browser';
import { buildWhenStale, builtApp } from './build';
import { main, Stop } from './command';
import { fakeCamera, withGrain } from './fake-camera';
import { serve } from './serve';
import { answered, prepareEvaluation, startEvaluation } from './soak/evaluation';
import { type Reading, trends } from './soak/flat';
import { allowances, countObjectUrls, look, measuringFlags } from './soak/readings';
import { openKiosk, visit } from './soak/rounds';

/** Of the camera's picture and of the page: a larger page is drawn more slowly, and kept no longer. */
const size = { width: 1280, height: 720 };

function readArguments() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '1000' },
      backend: { type: 'string', default: 'wasm' },
      what: { type: 'string', default: 'kiosk' },
    },
  });
  const rounds = Number(values.rounds);
  const { backend, what } = values;
  if (what !== 'kiosk' && what !== 'evaluation') throw new Stop('--what is kiosk or evaluation.', 2);
  if (!Number.isInteger(rounds) || rounds < 16)
    throw new Stop('--rounds needs a whole number from 16 on.', 2);
  if (backend !== 'wasm' && backend !== 'webgpu') throw new Stop('--backend is wasm or webgpu.', 2);
  return { rounds, backend, what };
}

const megabytes = (value: number) => `${(value / 2 ** 20).toFixed(1)} MB`;
const isSize = (name: string) => /heap|bytes|memory|allocated/.test(name);
const shown = (name: string, value: number) => (isSize(name) ? megabytes(value) : String(Math.round(value)));

function reportProgress(round: number, reading: Reading): void {
  const parts = Object.entries(reading).map(([name, value]) =>
    value === null ? `${name} unknown` : `${name} ${shown(name, value)}`,
  );
  console.log(`round ${round}: ${parts.join(', ')}`);
}

await main(async () => {
  const { rounds, backend, what } = readArguments();
  await buildWhenStale();
  const evaluation = what === 'evaluation' ? await prepareEvaluation(rounds) : null;
  const server = await serve({
    folder: builtApp,
    port: 0,
    ...(evaluation ? { mounts: { '/models/': evaluation.models } } : {}),
  });
  const picture = { ...size, data: withGrain(samplePixels(20, size.width, size.height)) };
  const flags = [...hardwareGpuFlags, ...measuringFlags, ...fakeCamera(picture)];
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    // Without WebGPU the engine takes WASM by itself.
    args: backend === 'webgpu' ? flags : flags.filter((flag) => flag !== '--enable-unsafe-webgpu'),
  });
  const page = await browser.newPage({ viewport: size });
  // A machine that is busy with other things may take its time.
  page.setDefaultTimeout(900_000);
  await page.addInitScript(countObjectUrls);
  try {
    if (evaluation) await startEvaluation(page, server.url, evaluation.folder);
    else await openKiosk(page, server.url);
    const running = await page.evaluate(async () => {
      const status = await globalThis.lentigo.engine.backend();
      return status.ok ? { name: status.value.name, adapter: status.value.adapter } : null;
    });
    if (running?.name !== backend) {
      throw new Stop(`This browser computes on ${running?.name ?? 'nothing'}, not on ${backend}.`);
    }
    console.log(`${rounds} rounds on ${running.name} (${running.adapter})`);
    const every = Math.max(1, Math.floor(rounds / 40));
    const readings: Reading[] = [];
    for (let round = 1; round <= rounds; round++) {
      if (evaluation) {
        // Looking takes its time, in which more images are answered.
        if (round % every) continue;
        round = await answered(page, round);
        // With the last image the page becomes that of the results.
        if (round >= rounds) break;
      } else await visit(page, round);
      if (!evaluation && round % every) continue;
      const reading = await look(browser, page);
      readings.push(reading);
      reportProgress(round, reading);
    }
    const found = trends(readings, allowances);
    console.log('\nSecond half, along its trend:');
    for (const { name, first, last, growth, allowed, flat } of found) {
      const figures = [first, last, growth, allowed].map((value) => shown(name, value));
      console.log(
        `${flat ? 'flat   ' : 'GROWING'} ${name}: ${figures[0]} to ${figures[1]}, grew ${figures[2]} (allowed ${figures[3]})`,
      );
    }
    if (evaluation) return found.every(({ flat }) => flat) ? 0 : 1;
    const requests = await page.locator('[data-testid=requests]').getAttribute('data-count');
    console.log(`requests since the doors opened: ${requests}`);
    return found.every(({ flat }) => flat) && requests === '0' ? 0 : 1;
  } finally {
    await browser.close();
    await server.close();
    evaluation?.remove();
  }
});
