/**
 * `npx tsx scripts/measure-figures.ts [photos] [draws]`: how long the figures of an evaluation take, with
 * curves and parts, for docs/evaluation.md. The answers are made up: 7 classes, two photos a lesion, a model
 * that is mostly right, age, sex, site and skin tone for every photo. The time of a processor says more than
 * that of the clock where others use the machine too; both are printed.
 */
import { cpus, loadavg } from 'node:os';
import type { ImageAnswer } from '../src/core/evaluation/answer';
import { measureEvaluation } from '../src/core/evaluation/measured';
import type { PlannedImage } from '../src/core/evaluation/plan';
import type { JudgedModel } from '../src/core/evaluation/sample';
import { seededRandom } from '../src/core/metrics/random';
import { main, Stop } from './command';

const classes = ['akiec', 'bcc', 'bkl', 'df', 'mel', 'nv', 'vasc'];
/** Of the photos, as in HAM10000. */
const shares = [0.03, 0.05, 0.11, 0.01, 0.11, 0.67, 0.02];
const sites = ['back', 'face', 'lower extremity', 'abdomen'];

const model: JudgedModel = {
  packageId: 'made-up',
  classes,
  decision: { positive: ['akiec', 'bcc', 'mel'], threshold: 0.3 },
  conformal: {
    method: 'class-conditional',
    coverage: 0.9,
    classes: classes.map((id) => ({ class: id, quantile: 0.9, count: 100, pooledWith: [] })),
  },
  labels: Object.fromEntries(classes.map((id) => [id, id])),
};

await main(async () => {
  const [photos = 50_000, draws = 1000] = process.argv.slice(2).map(Number);
  if (!(photos >= 1) || !(draws >= 1)) throw new Stop('give numbers: [photos] [draws]', 2);
  const random = seededRandom(1);
  const images = Array.from({ length: photos }, (_, index) => imageOf(index, random));
  const answers = new Map(images.map((image) => [image.path, answerTo(image, random)]));
  const [began, used] = [performance.now(), process.cpuUsage()];
  const { models } = measureEvaluation({ models: [model], images, answers }, { resamples: draws });
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage(used);
  const seconds = (of: number) => `${(of / 1000).toFixed(0)} s`;
  console.log(
    `${photos} photos, ${draws} draws: ${seconds((user + system) / 1000)} of processor time, ${seconds(milliseconds)} by the clock`,
  );
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);
  console.log(`accuracy ${JSON.stringify(models[0]?.figures?.metrics.accuracy ?? null)}`);
  return 0;
});

function imageOf(index: number, random: () => number): PlannedImage {
  const path = `${index}.jpg`;
  return {
    path,
    size: 1,
    label: drawn(random),
    columns: {
      age: String(Math.floor(random() * 90)),
      sex: random() < 0.5 ? 'female' : 'male',
      localization: sites[Math.floor(random() * sites.length)] as string,
    },
    group: `lesion ${Math.floor(index / 2)}`,
    mask: null,
  };
}

function drawn(random: () => number): string {
  let left = random();
  for (const [index, share] of shares.entries()) {
    left -= share;
    if (left < 0) return classes[index] as string;
  }
  return 'nv';
}

/** Softmax of noise with more for the true class. */
function answerTo({ path, label }: PlannedImage, random: () => number): ImageAnswer {
  const powers = classes.map((id) => Math.exp(3 * random() + (id === label ? 2 : 0)));
  const sum = powers.reduce((all, power) => all + power, 0);
  const probabilities = powers.map((power) => power / sum);
  return {
    path,
    answers: { [model.packageId]: { ok: true, probabilities, milliseconds: 50 } },
    overlap: null,
    maskFailure: null,
    typologyAngle: random() * 100 - 30,
  };
}
