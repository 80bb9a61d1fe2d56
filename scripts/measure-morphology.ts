/**
 * `npx tsx scripts/measure-morphology.ts [--data folder]`: the measures of a lesion's form on the experts'
 * masks of dermoscopy photos. Their 75 % and 95 % values among moles are the limits in
 * src/core/lesion/morphology/levels.ts; the area under the ROC curve says how well each measure alone tells
 * melanomas from moles (badly: that is why they are shown beside the answer and not made into one).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Measure, measures } from '../src/core/lesion/morphology/levels';
import { type Morphology, morphology } from '../src/core/lesion/morphology/morphology';
import { areaUnderCurve } from '../src/core/metrics/curves';
import { main, root } from './command';
import { dataFolder, evenly, readMask, readPhoto, rowsOf } from './real-photos';

const perClass = 400;

await main(async () => {
  const data = dataFolder(process.argv.slice(2));
  const rows = rowsOf(data, 'derm');
  const [moles, melanomas] = ['nv', 'mel'].map((code) => {
    const ids = rows.filter(({ dx }) => dx === code).map(({ image_id }) => image_id ?? '');
    return evenly(ids, perClass)
      .map((id) => measured(data, id))
      .filter((measured) => measured !== null && !measured.cutOff) as Morphology[];
  });
  if (!moles?.length || !melanomas?.length) throw new Error('No lesion lies wholly within its photo.');
  const table = Object.fromEntries(
    measures.map((measure) => {
      const [mole, melanoma] = [valuesOf(moles, measure), valuesOf(melanomas, measure)];
      const percentiles = [0.05, 0.5, 0.75, 0.95].map((share) => rounded(percentile(mole, share)));
      const isMelanoma = [...melanoma.map(() => true), ...mole.map(() => false)];
      const auc = areaUnderCurve([...melanoma, ...mole], isMelanoma) ?? Number.NaN;
      return [measure, { moles: percentiles, auc: rounded(auc) }];
    }),
  );
  console.log(`| measure | moles: 5 %, 50 %, 75 %, 95 % | AUC melanoma |\n|---|---|---|`);
  for (const [measure, { moles: four, auc }] of Object.entries(table)) {
    console.log(`| ${measure} | ${four.join(', ')} | ${auc} |`);
  }
  const counts = { moles: moles.length, melanomas: melanomas.length };
  const text = JSON.stringify({ percentiles: [5, 50, 75, 95], counts, measures: table }, null, 2);
  writeFileSync(join(root, 'training', 'results', 'morphology.json'), `${text}\n`);
  return 0;
});

function measured(data: string, id: string): Morphology | null {
  return morphology({
    mask: readMask(data, 'derm', id),
    pixels: readPhoto(data, 'derm', id),
    photoPixels: 1,
  });
}

function valuesOf(lesions: Morphology[], measure: Measure): number[] {
  return lesions
    .map(
      ({ measurements }) =>
        measurements.find((measurement) => measurement.measure === measure)?.value ?? Number.NaN,
    )
    .sort((a, b) => a - b);
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
