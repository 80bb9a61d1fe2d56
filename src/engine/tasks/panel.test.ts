import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';
import { judge } from '../../core/decision/judge';
import { joinedLogits } from '../../core/decision/panel';
import { exampleSiteCalibration } from '../../core/fixtures/analysis';
import { packageHash } from '../package/hash';
import type { TinyPackage } from '../testing/build-package';
import { goldenPackage } from '../testing/golden-package';
import { failureOf, logitsOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinyPackage } from '../testing/tiny-package';
import { type TinyPanel, tinyPanel } from '../testing/tiny-panel';
import { tinySegmenter } from '../testing/tiny-segmenter';

const photo = 'spots 90 60 25';
let first: TinyPackage;
let other: TinyPackage;
let segmenter: TinyPackage;
let panel: TinyPanel;

beforeAll(async () => {
  first = await goldenPackage();
  other = await goldenPackage((logits) => tinyPackage(logits, { id: 'tiny-other' }, [-1.5, 2.5]));
  segmenter = await goldenPackage(tinySegmenter);
  panel = await tinyPanel([first, other], [0.6, 0.4]);
});

const request = { packageId: 'tiny-panel' };

describe('a panel', () => {
  test('joins its members, on one photo decoded and searched once, and judges them by its own card', async () => {
    const { analyse, log, next } = openEngine([first, other, segmenter, panel]);
    const call = next();
    const analysis = unwrapped(await analyse(photo, request, call));
    const alone = await Promise.all(
      ['tiny-classifier', 'tiny-other'].map(async (packageId) =>
        unwrapped(await analyse(photo, { packageId })),
      ),
    );
    const joined = joinedLogits(panel.card.panel.members, alone.map(logitsOf));
    expect(logitsOf(analysis)).toEqual(joined);
    expect(analysis).toMatchObject(judge(panel.card, joined));
    expect(analysis.outOfDistribution?.score).toBe(alone[0]?.outOfDistribution?.score);
    expect(analysis.square).toEqual(alone[0]?.square);
    expect(analysis.lesion?.mask).toEqual(alone[0]?.lesion?.mask);
    const stages = log.filter((line) => line.startsWith(`${call} `));
    for (const stage of ['decode', 'segment'])
      expect(stages.filter((line) => line.endsWith(` ${stage}`))).toHaveLength(1);
  });

  test('says what each member said, and where it comes from', async () => {
    const { analyse } = openEngine([first, other, panel]);
    const { panel: members, provenance } = unwrapped(await analyse(photo, request));
    expect(provenance).toMatchObject({
      packageId: 'tiny-panel',
      packageVersion: '1.0.0',
      packageHash: await packageHash(panel.card),
    });
    expect(members?.map(({ packageId }) => packageId)).toEqual(['tiny-classifier', 'tiny-other']);
    for (const [index, { card }] of [first, other].entries()) {
      const member = members?.[index];
      const alone = unwrapped(await analyse(photo, { packageId: card.id }));
      expect(member).toEqual({
        packageId: card.id,
        packageVersion: card.version,
        packageHash: await packageHash(card),
        weight: [0.6, 0.4][index],
        logits: logitsOf(alone),
        probability: alone.decision?.probability,
        flagged: alone.decision?.above,
      });
    }
    expect(unwrapped(await analyse(photo, { packageId: 'tiny-other' })).panel).toBeNull();
  });

  test('its map is the members’, each as much as it weighs', async () => {
    const { analyse } = openEngine([first, other, panel]);
    const { activation } = unwrapped(await analyse(photo, request));
    const alone = await Promise.all(
      ['tiny-classifier', 'tiny-other'].map(async (packageId) =>
        unwrapped(await analyse(photo, { packageId })),
      ),
    );
    const plane = (index: number) => alone[index]?.activation?.planes[1]?.values[9] ?? Number.NaN;
    // 0.6 at a temperature of 1, 0.4 at one of 1.5.
    expect(activation?.planes[1]?.values[9]).toBeCloseTo(0.6 * plane(0) + (0.4 / 1.5) * plane(1), 5);
  });

  test('turned and mirrored, it is joined view by view', async () => {
    const { analyse } = openEngine([first, other, panel]);
    const { testTimeAugmentation, probabilities } = unwrapped(
      await analyse('square', { ...request, testTimeAugmentation: true }),
    );
    expect(testTimeAugmentation?.views).toBe(8);
    const mel = testTimeAugmentation?.classes.find(({ id }) => id === 'mel');
    const said = probabilities.find(({ id }) => id === 'mel')?.calibrated ?? Number.NaN;
    expect(mel?.lowest).toBeLessThanOrEqual(said + 1e-9);
    expect(mel?.highest).toBeGreaterThanOrEqual(said - 1e-9);
  });

  test('loads its members, and passes its golden sample on demand too', async () => {
    const { engine, next, server } = openEngine([first, other, panel]);
    const loaded = unwrapped(await engine.load(next(), 'tiny-panel'));
    expect(loaded).toMatchObject({ id: 'tiny-panel', cached: true });
    expect(loaded.golden.difference).toBeLessThan(1e-6);
    expect(unwrapped(await engine.load(next(), 'tiny-panel')).milliseconds).toBe(0);
    expect(unwrapped(await engine.cached(next()))).toContain('tiny-panel');
    expect(unwrapped(await engine.selfTest(next(), 'tiny-panel'))).toMatchObject({ passed: true });
    server.requests.length = 0;
    unwrapped(await engine.evict(next(), 'tiny-panel'));
    expect(unwrapped(await engine.cached(next()))).toEqual([]);
    unwrapped(await engine.prefetch(next(), 'tiny-panel'));
    expect(unwrapped(await engine.cached(next()))).toHaveLength(3);
  });
});

describe('without a member a panel answers nothing, and names it', () => {
  const failing = async (packages: (TinyPackage | TinyPanel)[]) => {
    const { analyse, engine, next } = openEngine(packages);
    const failures = [await analyse(photo, request), await engine.load(next(), 'tiny-panel')].map(failureOf);
    expect(failures[0]).toEqual(failures[1]);
    return failures[0];
  };

  test('that is missing', async () => {
    expect(await failing([first, panel])).toMatchObject({
      code: 'panel-incomplete',
      detail: { package: 'tiny-panel', member: 'tiny-other', reason: 'it is not among the models' },
    });
  });

  test('of another version, of other classes, of other files', async () => {
    const like = (change: Parameters<typeof tinyPackage>[1]) =>
      goldenPackage((logits) => tinyPackage(logits, { id: 'tiny-other', ...change }, [-1.5, 2.5]));
    const reasonOf = async (member: TinyPackage) => (await failing([first, member, panel]))?.detail.reason;
    expect(await reasonOf(await like({ version: '2.0.0' }))).toContain('2.0.0');
    const classes = first.card.classes.map((each) => ({ ...each, id: `${each.id}x` }));
    const decision = null;
    const conformal = {
      method: 'marginal' as const,
      coverage: 0.9,
      classes: classes.map(({ id }) => ({ class: id, quantile: 1, count: null, pooledWith: [] })),
    };
    const calibration = { temperature: 1, ece: 0, eceUncalibrated: 0, conformal };
    expect(await reasonOf(await like({ classes, decision, calibration }))).toContain('classes');
    const retrained = await goldenPackage((logits) => tinyPackage(logits, { id: 'tiny-other' }, [0, 0]));
    expect(await reasonOf(retrained)).toContain('files');
  });

  test('that fails, by its failure', async () => {
    const wrong = tinyPackage([9, 9], { id: 'tiny-other' }, [-1.5, 2.5]);
    expect(await failing([first, wrong, await tinyPanel([first, wrong])])).toMatchObject({
      code: 'panel-incomplete',
      detail: { member: 'tiny-other', reason: 'golden-failed' },
    });
  });

  test('but giving up is giving up, and a photo that is none is refused once', async () => {
    const { analyse, engine, next } = openEngine([first, other, panel]);
    const call = next();
    const answer = analyse(photo, request, call);
    engine.cancel(call);
    expect(failureOf(await answer)?.code).toBe('cancelled');
    expect(failureOf(await analyse('broken', request))?.code).toBe('file-unreadable');
  });
});

test('a panel whose join gives other numbers than where it was made is refused', async () => {
  const off = await tinyPanel([first, other], [0.6, 0.4], {
    golden: { formula: 'integer-ramp', logits: [0, 0], tolerance: 1e-4 },
  });
  const { engine, next } = openEngine([first, other, off]);
  expect(failureOf(await engine.load(next(), 'tiny-panel'))?.code).toBe('golden-failed');
});

describe('a calibration of this site', () => {
  const site = exampleSiteCalibration;

  test('judges a network and a panel in place of their cards, and goes with the analysis', async () => {
    const { analyse } = openEngine([first, other, panel]);
    for (const { card } of [first, panel]) {
      const mine = site(card.id, await packageHash(card));
      const plain = unwrapped(await analyse(photo, { packageId: card.id }));
      const here = unwrapped(
        await analyse(photo, { packageId: card.id, siteCalibrations: { [card.id]: mine } }),
      );
      expect(logitsOf(here)).toEqual(logitsOf(plain));
      expect(here).toMatchObject({ ...judge(card, logitsOf(plain), mine), siteCalibration: mine });
      expect(here.decision?.threshold).toBe(0.05);
      expect(plain.siteCalibration).toBeNull();
    }
  });

  test('that was made for other files is passed over', async () => {
    const { analyse } = openEngine([first]);
    const packageId = first.card.id;
    const stale = { [packageId]: site(packageId, 'b'.repeat(64)) };
    expect(
      unwrapped(await analyse(photo, { packageId, siteCalibrations: stale })).siteCalibration,
    ).toBeNull();
  });
});
