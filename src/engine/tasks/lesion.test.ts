import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TinyPackage } from '../testing/build-package';
import { goldenPackage } from '../testing/golden-package';
import { failureOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinySegmenter } from '../testing/tiny-segmenter';

const packageId = 'tiny-classifier';
let classifier: TinyPackage;
let segmenter: TinyPackage;

beforeAll(async () => {
  classifier = await goldenPackage();
  segmenter = await goldenPackage(tinySegmenter);
});

const open = () => openEngine([classifier, segmenter]);

/** A wide enough mask over a photo of 160 x 120, with a rectangle of ones. */
function rectangle(left: number, top: number, width: number, height: number) {
  const data = new Uint8Array(80 * 60);
  for (let y = top; y < top + height; y++) data.fill(255, y * 80 + left, y * 80 + left + width);
  return { width: 80, height: 60, data };
}

describe('a lesion', () => {
  test('is found where it is, in pixels of the photo, and the classifier looks at it', async () => {
    const { analyse, log } = open();
    const analysis = unwrapped(await analyse('spots 110 50 20', { packageId, scale: 0.1 }));
    const { lesion } = analysis;
    expect(log).toContain('1 segment');
    expect(lesion?.segmenter).toMatchObject({ packageId: 'tiny-segmenter', packageVersion: '1.0.0' });
    expect([lesion?.mask?.width, lesion?.mask?.height]).toEqual([64, 48]);
    const [found] = lesion?.lesions ?? [];
    // A pixel of the mask is 2.5 of the photo.
    expect(Math.abs((found?.centroid.x ?? 0) - 110)).toBeLessThan(1);
    expect(Math.abs((found?.centroid.y ?? 0) - 50)).toBeLessThan(1);
    expect(Math.abs((found?.box.width ?? 0) - 40)).toBeLessThanOrEqual(5);
    expect(found?.share).toBeCloseTo((Math.PI * 20 ** 2) / (160 * 120), 2);
    expect(found?.meanProbability).toBeGreaterThan(0.9);
    // As large as the photo is high, and as far to the right as the photo goes.
    expect(analysis.square).toEqual({ left: 40, top: 0, side: 120 });
    expect(lesion?.morphology?.diameter.millimetres).toBeCloseTo(4, 0);
    expect(lesion?.morphology?.area).toBeCloseTo((found?.share ?? 0) * 160 * 120, 6);
    expect(lesion?.nothing).toBeNull();
    expect(structuredClone(analysis)).toEqual(analysis);
  });

  test('is found without any classifier; by a package that finds none, it is refused', async () => {
    const { engine, analyse, next } = open();
    const photo = 'spots 110 50 20';
    const { lesion } = unwrapped(await analyse(photo, { packageId }));
    const ask = (segmenterId: string) => engine.findLesions(next(), new Blob([photo]), { segmenterId });
    const { milliseconds, probabilities, provenance, ...alone } = unwrapped(await ask('tiny-segmenter'));
    expect({ ...alone, milliseconds: lesion?.milliseconds }).toEqual(lesion);
    expect(provenance).toMatchObject({ packageId: 'tiny-segmenter', backend: 'wasm' });
    // What the segmenter said of each pixel comes with it: what is over a half is the mask.
    const over = { ...probabilities, data: Uint8Array.from(probabilities.data, (value) => +(value > 0.5)) };
    expect(over).toEqual(lesion?.mask);
    expect(failureOf(await ask(packageId))?.code).toBe('package-invalid');
    expect(failureOf(await ask('none'))?.code).toBe('package-unknown');
  });

  test('that is small is brought nearer', async () => {
    const { analyse } = open();
    const { square } = unwrapped(await analyse('spots 80 60 8', { packageId }));
    expect(square.side).toBeLessThan(100);
    expect(square.left + square.side / 2).toBeCloseTo(80, -1);
  });

  test('does not move the square where the centre is asked for', async () => {
    const { analyse } = open();
    const { square, lesion } = unwrapped(await analyse('spots 110 50 20', { packageId, square: 'centre' }));
    expect(square).toEqual({ left: 20, top: 0, side: 120 });
    expect(lesion?.chosen).toBe(0);
  });

  test('on healthy skin is not found: a finding too', async () => {
    const { analyse } = open();
    const { lesion, square } = unwrapped(await analyse('spots', { packageId }));
    expect(lesion).toMatchObject({ lesions: [], chosen: null, mask: null, morphology: null });
    expect(lesion?.nothing).toBe('no-candidate');
    expect(square).toEqual({ left: 20, top: 0, side: 120 });
  });

  test('each has a square; the one in the square asked for is the chosen one', async () => {
    const { analyse } = open();
    const photo = 'spots 50 60 18 130 60 12';
    const free = unwrapped(await analyse(photo, { packageId }));
    expect(free.lesion?.lesions.map(({ centroid }) => Math.round(centroid.x / 10))).toEqual([5, 13]);
    expect(free.lesion?.chosen).toBe(0);
    const square = { left: 110, top: 40, side: 40 };
    const moved = unwrapped(await analyse(photo, { packageId, square }));
    expect(moved.square).toEqual(square);
    expect(moved.lesion?.chosen).toBe(1);
    // The mask is that of the chosen one alone: its left half is empty.
    const left = moved.lesion?.mask?.data.filter((_, at) => at % 64 < 32) ?? [];
    expect(left.some((value) => value !== 0)).toBe(false);
  });

  test('drawn by the caller is taken as it is, without a segmenter', async () => {
    const { analyse, server } = open();
    const mask = rectangle(20, 10, 30, 20);
    const { lesion, square } = unwrapped(await analyse('spots 110 50 20', { packageId, mask }));
    expect(lesion?.segmenter).toBeNull();
    expect(lesion?.lesions[0]).toMatchObject({
      box: { left: 40, top: 20, width: 60, height: 40 },
      centroid: { x: 70, y: 40 },
      meanProbability: null,
    });
    expect(Math.max(...(lesion?.mask?.data ?? []))).toBe(1);
    expect(square).toEqual({ left: 10, top: 0, side: 120 });
    expect(server.requests.some((path) => path.startsWith('tiny-segmenter/group'))).toBe(false);

    const none = unwrapped(await analyse('spots', { packageId, mask: rectangle(0, 0, 0, 0) }));
    expect(none.lesion).toMatchObject({ lesions: [], nothing: 'no-candidate' });
  });
});

describe('the search', () => {
  test('is left out where the caller says so, or where no package can do it', async () => {
    const without = { packageId, segmenterId: null };
    expect(unwrapped(await open().analyse('spots 110 50 20', without)).lesion).toBeNull();
    const alone = openEngine([classifier]);
    const analysis = unwrapped(await alone.analyse('spots 110 50 20', { packageId }));
    expect(analysis.lesion).toBeNull();
    expect(analysis.degradations).toEqual([]);
    expect(analysis.square).toEqual({ left: 20, top: 0, side: 120 });
  });

  test('that fails costs the mask and not the answer, and is listed', async () => {
    const { analyse, server } = open();
    server.files.delete(new URL('tiny-segmenter/group1-shard1of2.bin', server.models).href);
    const analysis = unwrapped(await analyse('spots 110 50 20', { packageId }));
    expect(analysis.lesion).toBeNull();
    expect(analysis.degradations).toMatchObject([
      { stage: 'lesion', failure: { code: 'package-unavailable' } },
    ]);
    expect(analysis.probabilities).toHaveLength(2);
  });

  test('by a package that is no segmenter is listed too; a segmenter asked to classify is refused', async () => {
    const { analyse } = open();
    const { degradations } = unwrapped(await analyse('spots', { packageId, segmenterId: packageId }));
    expect(degradations).toMatchObject([{ stage: 'lesion', failure: { code: 'package-invalid' } }]);
    const wrong = await analyse('spots', { packageId: 'tiny-segmenter' });
    expect(failureOf(wrong)?.code).toBe('package-invalid');
  });
});
