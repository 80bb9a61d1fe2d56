import { beforeEach, expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { failure, success } from '../../../core/failure';
import {
  exampleAnalysis,
  exampleCard,
  exampleLesion,
  exampleSiteCalibration,
} from '../../../core/fixtures/analysis';
import type { Square } from '../../../core/geometry';
import { settled } from '../../../engine/testing/settled';
import { otherLesions, worstLesion } from './lesion-verdicts';
import { openWorkbench } from './testing/open-workbench';
import { doneRun } from './testing/triage-rows';
import { lesionSaidOf } from './workbench-photo';

const card = { ...exampleCard, id: 'nets' };
const at = (left: number): Square => ({ left, top: 0, side: 100 });
/** An answer about the lesion at `left`, of a photo with lesions at these places. */
function answer(left: number, probability: number, lefts = [10, 300]): Analysis {
  const run = doneRun(probability);
  const { probabilities, decision } = run.state === 'done' ? run.analysis : exampleAnalysis();
  const lesion = { segmenter: null, chosen: 0, mask: null, nothing: null, morphology: null, milliseconds: 1 };
  return exampleAnalysis({
    provenance: { ...exampleAnalysis().provenance, packageId: 'nets' },
    square: at(left),
    probabilities,
    decision,
    lesion: { ...lesion, lesions: lefts.map(exampleLesion) },
  });
}

/** A photo with two lesions, the second of which is flagged. */
let bench: ReturnType<typeof openWorkbench>;
let id: string;
beforeEach(async () => {
  bench = openWorkbench();
  bench.workbench.choosePackage('nets');
  [id] = await bench.add('a');
  await bench.load();
  await end(answer(10, 0.1));
  await end(answer(300, 0.6));
  expect(flagged()).toEqual([2]);
});

const photo = () => {
  const there = bench.photoOf(id);
  if (!there) throw new Error('the photo is gone');
  return there;
};
/** The call that began last has this answer. */
async function end(analysis: Analysis) {
  bench.analyses.at(-1)?.end(success(analysis));
  await settled();
}
/** The number of the lesion that leads, where it is flagged, and those of the others that are. */
function flagged(): number[] {
  const worst = worstLesion(photo(), card, null);
  const others = otherLesions(photo(), card, null).filter(({ flag }) => flag?.flagged);
  const numbers = [worst?.analysis.decision?.above ? worst.number : [], others.map(({ number }) => number)];
  return [...new Set(numbers.flat(2))];
}

const renewals: [string, () => void][] = [
  ['another fact', () => void bench.workbench.analyse(id, 'nets')],
  ['another scale', () => bench.workbench.override(id, { scale: 0.1 })],
  [
    'a calibration of this site',
    () => bench.runtime.siteCalibrations.keep(exampleSiteCalibration('nets', 'b'.repeat(64))),
  ],
];

test.each(renewals)(
  'a flag of another lesion stands while the photo runs again after %s',
  async (_, renew) => {
    renew();
    await settled();
    expect(bench.run(id)?.state).toBe('running');
    expect(flagged()).toEqual([2]);
  },
);

test.each(renewals)('it stands where that run is stopped, after %s', async (_, renew) => {
  renew();
  await settled();
  bench.workbench.cancelAll();
  await settled();
  expect(bench.run(id)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
  expect(flagged()).toEqual([2]);
  expect(bench.analyses).toHaveLength(3);
});

test.each(renewals)('it stands where that run fails, after %s', async (_, renew) => {
  renew();
  await settled();
  bench.analyses.at(-1)?.end(failure('internal'));
  await settled();
  expect(bench.run(id)?.state).toBe('failed');
  expect(flagged()).toEqual([2]);
});

test.each(renewals)(
  'it is asked again once that run is done, and stands until then, after %s',
  async (_, renew) => {
    renew();
    await settled();
    await end(answer(10, 0.1));
    expect(bench.analyses).toHaveLength(4);
    expect(bench.analyses.at(-1)?.request.square).toEqual(at(300));
    expect(flagged()).toEqual([2]);
    await end(answer(300, 0.1));
    expect(flagged()).toEqual([]);
  },
);

test('a run that was stopped leaves the lesions to be asked again by the next one that ends', async () => {
  void bench.workbench.analyse(id, 'nets');
  await settled();
  bench.workbench.cancelAll();
  await settled();
  void bench.workbench.analyse(id, 'nets', { testTimeAugmentation: true });
  await settled();
  await end(answer(10, 0.1));
  expect(bench.analyses.at(-1)?.request.square).toEqual(at(300));
});

test('what was said of a lesion that is found elsewhere now goes, and is said of no other', async () => {
  void bench.workbench.analyse(id, 'nets');
  await settled();
  await end(answer(10, 0.1, [10, 320]));
  expect(flagged()).toEqual([]);
  expect(bench.analyses.at(-1)?.request.square).toEqual(at(320));
  expect(photo().lesionRuns.map(({ square }) => square)).toEqual([at(320)]);
});

test('the flag of the photo itself stands when another lesion is looked at while it runs again', async () => {
  bench.workbench.override(id, { square: at(300) });
  await settled();
  await end(answer(300, 0.6));
  void bench.workbench.analyse(id, 'nets');
  bench.workbench.override(id, { square: at(10) });
  await settled();
  expect(flagged()).not.toEqual([]);
  await end(answer(10, 0.1));
  expect(bench.analyses.at(-1)?.request.square).toEqual(at(300));
  expect(flagged()).toEqual([2]);
});

test('another model keeps what it said of the lesions, and is asked about them again', async () => {
  bench.workbench.choosePackage('other');
  await settled();
  await bench.load();
  await end(answer(10, 0.1));
  await end(answer(300, 0.1));
  const calls = bench.analyses.length;
  void bench.workbench.analyse(id, 'other');
  await settled();
  await end(answer(10, 0.1));
  expect(flagged()).toEqual([2]);
  void bench.workbench.analyse(id, 'nets');
  await settled();
  await end(answer(10, 0.1));
  expect(bench.analyses.slice(calls).map(({ request }) => [request.packageId, request.square])).toEqual([
    ['other', undefined],
    ['other', at(300)],
    ['nets', undefined],
    ['nets', at(300)],
  ]);
});

test('what was said at another time stands until it is answered, and in a session that was left meanwhile', async () => {
  const { workbench } = bench;
  const lesion = {
    number: 2,
    of: 2,
    square: at(300),
    noResult: false,
    flag: { flagged: true, probability: 0.6, threshold: 0.21 },
    classes: ['mel'],
    listed: 'one' as const,
  };
  const kept = { ...photo(), id: 'kept', lesionsSaid: [{ packageId: 'nets', lesion }] };
  const own = answer(10, 0.1);
  workbench.restore(
    [{ photo: kept, file: new Blob(['b']), answers: { analyses: [own], lesions: [] } }],
    'kept',
  );
  await settled();
  id = 'kept';
  expect(flagged()).toEqual([2]);
  void workbench.analyse(id, 'nets');
  await settled();
  expect(flagged()).toEqual([2]);
  await end(answer(10, 0.1));
  expect(lesionSaidOf(photo(), 'nets', at(300))).toBeDefined();
  await end(answer(300, 0.1));
  expect(flagged()).toEqual([]);

  const left = { ...kept, id: 'left', lesionsSaid: [] };
  const answers = { analyses: [], lesions: [answer(300, 0.6)] };
  workbench.restore([{ photo: left, file: new Blob(['c']), answers }], 'left');
  await settled();
  id = 'left';
  await end(answer(10, 0.1));
  expect(bench.analyses.at(-1)?.request.square).toEqual(at(300));
  expect(flagged()).toEqual([2]);
});
