/**
 * `npx tsx scripts/measure-seeded-segmentation.ts [--data folder] [--count 200]`: how well the outline that
 * the self-check proposes inside a person's ring meets the experts' outlines of phone photos. The ring is
 * laid as a person might: around the expert's outline, wider and off its middle by chance, always the same.
 * Prints Markdown and writes training/results/ring-outline.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromPhoto } from '../src/core/geometry';
import { contours } from '../src/core/lesion/outline';
import { type CircleRoi, segmentInRoi } from '../src/core/lesion/seeded-segmentation';
import type { Raster } from '../src/core/raster';
import { main, root } from './command';
import { dataFolder, evenly, readMask, readPhoto, rowsOf } from './real-photos';

const option = (name: string, fallback: string) => {
  const at = process.argv.indexOf(name);
  return at >= 0 ? (process.argv[at + 1] ?? fallback) : fallback;
};

await main(async () => {
  const data = dataFolder(process.argv.slice(2));
  const half = option('--half', 'measured');
  // Limits were chosen with a look at the patients with even numbers; the others are measured on.
  const rows = rowsOf(data, 'phone').filter(
    ({ has_mask, patient_id = '' }) =>
      has_mask === '1' && (Number(patient_id.replace('PAT_', '')) % 2 === 0) === (half === 'chosen'),
  );
  const random = generator(7);
  const dice: number[] = [];
  let without = 0;
  const chosen = evenly(rows, Number(option('--count', '200')));
  for (const { image_id = '' } of chosen) {
    const photo = readPhoto(data, 'phone', image_id);
    const expert = readMask(data, 'phone', image_id);
    const roi = roiAround(expert, photo.width / expert.width, random);
    const found = roi && segmentInRoi(photo, roi);
    if (!found) without++;
    else dice.push(diceOf(found, expert));
  }
  dice.sort((a, b) => a - b);
  const at = (share: number) => dice[Math.floor(share * dice.length)] ?? Number.NaN;
  const result = {
    half,
    photos: chosen.length,
    without,
    mean: dice.reduce((sum, value) => sum + value, 0) / dice.length,
    percentiles: { 5: at(0.05), 25: at(0.25), 50: at(0.5), 75: at(0.75) },
    underHalf: dice.filter((value) => value < 0.5).length,
    overEighty: dice.filter((value) => value >= 0.8).length,
  };
  console.log(JSON.stringify(result, null, 2));
  if (half === 'measured')
    writeFileSync(
      join(root, 'training', 'results', 'ring-outline.json'),
      `${JSON.stringify(result, null, 2)}\n`,
    );
  return 0;
});

function roiAround(mask: Raster, scale: number, random: () => number): CircleRoi | null {
  const points = contours(mask).flat();
  if (points.length === 0) return null;
  const middle = {
    x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
    y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  };
  const close = Math.max(...points.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y)));
  // 10 to 50 % wider than needed, off by up to a tenth of it.
  const radius = close * (1.1 + 0.4 * random());
  const off = () => 0.2 * (random() - 0.5) * close;
  return { x: (middle.x + off()) * scale, y: (middle.y + off()) * scale, radius: radius * scale };
}

function diceOf({ mask, viewport }: NonNullable<ReturnType<typeof segmentInRoi>>, expert: Raster): number {
  let [both, first, other] = [0, 0, 0];
  const { photo } = viewport;
  for (let y = 0; y < expert.height; y++) {
    for (let x = 0; x < expert.width; x++) {
      const wanted = expert.data[y * expert.width + x] ? 1 : 0;
      const place = fromPhoto(viewport, {
        x: ((x + 0.5) * photo.width) / expert.width,
        y: ((y + 0.5) * photo.height) / expert.height,
      });
      const [column, row] = [Math.floor(place.x), Math.floor(place.y)];
      const inside = column >= 0 && row >= 0 && column < mask.width && row < mask.height;
      const inAnswer = inside && mask.data[row * mask.width + column] ? 1 : 0;
      both += wanted & inAnswer;
      first += wanted;
      other += inAnswer;
    }
  }
  return (2 * both) / (first + other);
}

/** Park and Miller's generator: the same rings every time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}
