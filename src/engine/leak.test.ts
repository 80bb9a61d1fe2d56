// In a process of its own: it measures what the process holds.
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { goldenPackage } from './testing/golden-package';
import { startNodeWasm, wasmMemory } from './testing/node-wasm';
import { failureOf, openEngine } from './testing/open-engine';
import { tinyFusion } from './testing/tiny-fusion';
import { tinySegmenter } from './testing/tiny-segmenter';

const photo = 'spots 90 60 25';
const metadata = { age: 70, sex: 'male' };

/**
 * Eight analyses: fused with everything, classified, steady, one that several packages answer, refused,
 * broken, unknown, cancelled.
 */
const round = [
  'ok',
  'ok',
  'ok',
  'ok',
  'photo-size',
  'file-unreadable',
  'package-unknown',
  'cancelled',
] as const;

test('200 analyses on WASM, cancelled and failed ones among them, leave what they found', async () => {
  const packages = [
    await goldenPackage(),
    await goldenPackage(tinyFusion),
    await goldenPackage(tinySegmenter),
  ];
  /** Calls to cancel, and how many of their stages they may begin: decoding, segmenting, resizing. */
  const toCancel = new Map<string, number>();
  const { engine, analyse, analyseAll, next } = openEngine(packages, { wasm: startNodeWasm }, (_, call) => {
    const left = toCancel.get(call);
    if (left === undefined) return;
    toCancel.set(call, left - 1);
    if (left === 1) engine.cancel(Number(call));
  });
  const packageId = 'tiny-fusion';

  async function runRound(cancelAt: number): Promise<(string | undefined)[]> {
    const call = next();
    const answers = [
      analyse(photo, { packageId, metadata }),
      analyse(photo, { packageId: 'tiny-classifier' }),
      analyse(photo, { packageId, metadata, testTimeAugmentation: true }),
      analyseAll(photo, { packageIds: ['tiny-classifier', packageId], metadata }),
      analyse(photo, { packageId, overruleGate: false }),
      analyse('broken', { packageId }),
      analyse(photo, { packageId: 'none' }),
      analyse(photo, { packageId, metadata }, call),
    ];
    // At another moment in every round: while it waits, or at one of its stages.
    if (cancelAt === 0) engine.cancel(call);
    else toCancel.set(String(call), cancelAt);
    return (await Promise.all(answers)).map((answer) => failureOf(answer)?.code ?? 'ok');
  }

  /** The packages are listed in the order of their last use, which is the first round's downloads' to say. */
  async function account() {
    const found = await engine.diagnostics(next());
    if (found.ok) found.value.packages.sort((a, b) => a.id.localeCompare(b.id));
    return found;
  }

  await runRound(0);
  const modelMetadata = await account();
  const before = wasmMemory();
  for (let count = 0; count < 25; count++) expect(await runRound(count % 4)).toEqual(round);
  expect(wasmMemory()).toEqual(before);
  // The same by the engine's own account, which the tests in a browser go by.
  expect(await account()).toEqual(modelMetadata);
  const { numTensors: tensors, numBytes: bytes, heap: allocated } = before;
  expect(modelMetadata.ok && modelMetadata.value).toMatchObject({ tensors, bytes, allocated });
  const ids = modelMetadata.ok ? modelMetadata.value.packages.map(({ id }) => id) : [];
  expect(ids.sort()).toEqual(['tiny-classifier', 'tiny-fusion', 'tiny-segmenter']);
}, 60_000);
