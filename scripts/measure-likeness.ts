/**
 * `npx tsx scripts/measure-likeness.ts [--data folder] [--photos n]`: how often two photos of one lesion, and
 * of two, are proposed as one by their embeddings (src/core/decision/likeness.ts), for the packages that the
 * clinic offers first. The photos are held-back ones of HAM10000, of lesions with several photos, the largest
 * centred square of each. Prints Markdown and writes training/results/likeness.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cosineDistance } from '../src/core/decision/likeness';
import { likeUpTo } from '../src/features/clinic/model/lesion-proposal';
import { buildWhenStale } from './build';
import { main, root, Stop } from './command';
import { type OpenApp, openApp } from './evaluate/browser';
import { dataFolder, evenly, heldBackHam10000 } from './real-photos';

const packageIds = ['panel-ham10000', 'efficientnet-lite2-ham10000', 'efficientnet-b2-ham10000'];

interface HeldBack {
  id: string;
  lesion: string;
}

await main(async () => {
  const words = process.argv.slice(2);
  const data = dataFolder(words);
  const at = words.indexOf('--photos');
  const photos = heldBack(data, at >= 0 ? Number(words[at + 1]) : 100);
  await buildWhenStale();
  const app = await openApp(join(data, 'derm', 'images'));
  const measured: Record<string, Measured> = {};
  try {
    for (const packageId of packageIds) measured[packageId] = await measure(app, packageId, photos);
  } finally {
    await app.close();
  }
  console.log(
    '| package | pairs of one lesion | proposed | pairs of two | proposed |\n|---|---|---|---|---|',
  );
  for (const [id, { one, two }] of Object.entries(measured))
    console.log(`| ${id} | ${one.pairs} | ${percent(one.share)} | ${two.pairs} | ${percent(two.share)} |`);
  const result = { upTo: likeUpTo, photos: photos.length, packages: measured };
  writeFileSync(join(root, 'training', 'results', 'likeness.json'), `${JSON.stringify(result, null, 2)}\n`);
  return 0;
});

/** Whole lesions, evenly spread, until there are about so many photos. */
function heldBack(data: string, count: number): HeldBack[] {
  const lesions = new Map<string, HeldBack[]>();
  for (const { image_id: id = '', lesion_id: lesion } of heldBackHam10000(data)) {
    if (!lesion) continue;
    lesions.set(lesion, [...(lesions.get(lesion) ?? []), { id, lesion }]);
  }
  const several = [...lesions.values()].filter(({ length }) => length > 1);
  const each = several.flat().length / several.length;
  return evenly(several, Math.round(count / each)).flat();
}

interface Pairs {
  pairs: number;
  /** Of them, those that are proposed as one lesion: 0 to 1. */
  share: number;
}

interface Measured {
  one: Pairs;
  two: Pairs;
}

async function measure(app: OpenApp, packageId: string, photos: readonly HeldBack[]): Promise<Measured> {
  const embeddings: number[][] = [];
  for (const { id } of photos) {
    const [answer] = await app.analyse([{ path: `${id}.jpg`, metadata: {}, mask: null }], packageId);
    if (!answer?.ok || !answer.value.embedding) throw new Stop(`${packageId} gives no embedding of ${id}.`);
    embeddings.push(answer.value.embedding);
  }
  const found = { one: [] as boolean[], two: [] as boolean[] };
  for (const [i, a] of photos.entries()) {
    for (const [j, b] of photos.entries()) {
      if (j <= i) continue;
      const distance = cosineDistance(embeddings[i] ?? [], embeddings[j] ?? []);
      found[a.lesion === b.lesion ? 'one' : 'two'].push(distance <= likeUpTo);
    }
  }
  return { one: pairsOf(found.one), two: pairsOf(found.two) };
}

function pairsOf(proposed: readonly boolean[]): Pairs {
  const share = proposed.filter(Boolean).length / proposed.length;
  return { pairs: proposed.length, share: Math.round(1e4 * share) / 1e4 };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
