/**
 * `npx tsx scripts/measure-odd-one-out.ts [--data folder] [--photos n]`: how often a melanoma among nevi is the odd
 * one out (src/core/decision/odd-one-out.ts), and how often a nevus is, for the packages that the clinic offers
 * first. The photos are held-back ones of HAM10000, one a lesion, the largest centred square of each; up to n nevi
 * and all melanomas. No public data set has patients with enough lesions, so patients are made up of them. Prints
 * Markdown and writes training/results/odd-one-out.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apartFrom, minLesions } from '../src/core/decision/odd-one-out';
import { buildWhenStale } from './build';
import { main, root, Stop } from './command';
import { type OpenApp, openApp } from './evaluate/browser';
import { runTrials, type Seen, type Trials } from './odd-one-out-trials';
import { dataFolder, evenly, heldBackHam10000 } from './real-photos';

const packageIds = ['panel-ham10000', 'efficientnet-lite2-ham10000'];
const sizes = [minLesions, 15, 30];
/** Modified z-scores: the one in use, and what others would do. */
const limits = [...new Set([3.5, 5, 8, 12, apartFrom])].sort((a, b) => a - b);
const patients = 2000;
const seed = 1;

await main(async () => {
  const words = process.argv.slice(2);
  const data = dataFolder(words);
  const at = words.indexOf('--photos');
  const nevi = evenly(heldBack(data, 'nv'), at >= 0 ? Number(words[at + 1]) : 300);
  const melanomas = heldBack(data, 'mel');
  await buildWhenStale();
  const app = await openApp(join(data, 'derm', 'images'));
  const packages: Record<string, Measured> = {};
  try {
    for (const packageId of packageIds)
      packages[packageId] = await measure(app, packageId, { melanomas, nevi });
  } finally {
    await app.close();
  }
  console.log(
    '| package | lesions | limit | melanoma named | farthest | by chance | only nevi: one is named | nevi named |\n' +
      '|---|---|---|---|---|---|---|---|',
  );
  for (const [id, { trials }] of Object.entries(packages))
    for (const { lesions, limit, melanoma, nevi: alone } of trials) {
      const named = `${percent(melanoma.named)} (${percent(melanoma.low)} to ${percent(melanoma.high)})`;
      console.log(
        `| ${id} | ${lesions} | ${limit} | ${named} | ${percent(melanoma.farthest)} | ${percent(1 / lesions)} | ` +
          `${percent(alone.someNamed)} | ${percent(alone.named)} |`,
      );
    }
  const result = { apartFrom, seed, packages };
  writeFileSync(
    join(root, 'training', 'results', 'odd-one-out.json'),
    `${JSON.stringify(result, null, 2)}\n`,
  );
  return 0;
});

/** The first photo of each held-back lesion with this diagnosis. */
function heldBack(data: string, diagnosis: string): string[] {
  const first = new Map<string, string>();
  for (const { image_id: id = '', lesion_id: lesion, dx } of heldBackHam10000(data)) {
    if (lesion && dx === diagnosis && !first.has(lesion)) first.set(lesion, id);
  }
  return [...first.values()];
}

interface Measured {
  melanomas: number;
  nevi: number;
  /** Photos without a confident answer, which the page compares with nothing. */
  refused: number;
  trials: Trials[];
}

async function measure(
  app: OpenApp,
  packageId: string,
  ids: { melanomas: readonly string[]; nevi: readonly string[] },
): Promise<Measured> {
  let refused = 0;
  async function seen(photos: readonly string[]): Promise<Seen[]> {
    const all: Seen[] = [];
    for (const id of photos) {
      const [answer] = await app.analyse([{ path: `${id}.jpg`, metadata: {}, mask: null }], packageId);
      if (!answer?.ok || !answer.value.embedding) throw new Stop(`${packageId} gives no embedding of ${id}.`);
      if (answer.value.outOfDistribution?.refused) refused += 1;
      else all.push(answer.value);
    }
    return all;
  }
  const photos = { melanomas: await seen(ids.melanomas), nevi: await seen(ids.nevi) };
  return {
    melanomas: photos.melanomas.length,
    nevi: photos.nevi.length,
    refused,
    trials: sizes.flatMap((lesions) =>
      limits.map((limit) => runTrials(photos, { lesions, patients, seed, limit })),
    ),
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
