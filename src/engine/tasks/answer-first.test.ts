import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import type { AnalyseRequest } from '../engine';
import type { TinyPackage } from '../testing/build-package';
import { goldenPackage } from '../testing/golden-package';
import { failureOf, logitsOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinySegmenter } from '../testing/tiny-segmenter';

const packageId = 'tiny-classifier';
const segmenterId = 'tiny-segmenter';
const photo = 'spots 110 50 20';
let classifier: TinyPackage;
let segmenter: TinyPackage;

beforeAll(async () => {
  classifier = await goldenPackage();
  segmenter = await goldenPackage(tinySegmenter);
});

const open = () => openEngine([classifier, segmenter]);
/** What stays the same between two runs of one photo. */
const comparable = <T extends { createdAt: string; timings: object; lesion: object | null }>(
  analysis: T,
) => ({
  ...analysis,
  createdAt: '',
  timings: {},
  lesion: analysis.lesion && { ...analysis.lesion, milliseconds: 0 },
});

test('the centred square is answered before the segmenter is even asked for', async () => {
  const { analyse, log, server, provisional } = open();
  const seen = () => server.requests.filter((url) => url.includes(segmenterId) && !url.endsWith('card.json'));
  const final = unwrapped(await analyse(photo, { packageId, answerFirst: true }));
  const [first, ...others] = provisional;
  expect(others).toEqual([]);
  expect(first?.packageId).toBe(packageId);
  expect(first?.analysis).toMatchObject({ square: { left: 20, top: 0, side: 120 }, lesion: null });
  expect(log.indexOf('1 network')).toBeLessThan(log.indexOf('1 segment'));
  expect(log.lastIndexOf('1 network')).toBeGreaterThan(log.lastIndexOf('1 segment'));
  expect(seen().length).toBeGreaterThan(0);
  expect(final.square).toEqual({ left: 40, top: 0, side: 120 });
});

test('the final answer is the same as without a provisional one', async () => {
  for (const spots of [photo, 'spots 80 60 50', 'spots']) {
    const { analyse } = open();
    const plain = unwrapped(await analyse(spots, { packageId }));
    const refined = unwrapped(await analyse(spots, { packageId, answerFirst: true }));
    expect(comparable(refined)).toEqual(comparable(plain));
  }
});

test('a lesion in the middle of the photo costs no second pass', async () => {
  const { analyse, log, provisional } = open();
  const final = unwrapped(await analyse('spots 80 60 50', { packageId, answerFirst: true }));
  expect(log.filter((entry) => entry === '1 network')).toHaveLength(1);
  expect(final.lesion?.chosen).toBe(0);
  expect(provisional).toHaveLength(1);
  expect(logitsOf(final)).toEqual(provisional[0] && logitsOf(provisional[0].analysis));
});

test('several packages each answer before the outline', async () => {
  const { analyseAll, log, provisional } = open();
  const answers = unwrapped(
    await analyseAll(photo, { packageIds: [packageId, 'no-such', segmenterId], answerFirst: true }),
  );
  expect(provisional.map((answer) => answer.packageId)).toEqual([packageId]);
  expect(log.filter((entry) => entry === '1 segment')).toHaveLength(2);
  expect(answers.map(({ answer }) => failureOf(answer)?.code ?? 'ok')).toEqual([
    'ok',
    'package-unknown',
    'package-invalid',
  ]);
});

test.each<[string, Partial<AnalyseRequest>]>([
  ['the caller did not ask', { answerFirst: false }],
  ['the caller says where to look', { square: { left: 0, top: 0, side: 64 } }],
  ['the caller drew the outline', { mask: { width: 8, height: 6, data: new Uint8Array(48).fill(1) } }],
  ['nobody outlines', { segmenterId: null }],
  ['the photo is asked turned and mirrored', { testTimeAugmentation: true }],
])('no provisional answer comes where %s', async (_, request) => {
  const { analyse, provisional } = open();
  unwrapped(await analyse(photo, { packageId, answerFirst: true, ...request }));
  expect(provisional).toEqual([]);
});

test('a photo that the gate refuses has no provisional answer either', async () => {
  const { analyse, provisional } = open();
  const refused = await analyse(photo, { packageId, answerFirst: true, overruleGate: false });
  expect(failureOf(refused)?.code).toMatch(/^photo-/);
  expect(provisional).toEqual([]);
});
