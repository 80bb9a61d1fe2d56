import { describe, expect, it } from 'vitest';
import { failure } from '../../../core/failure';
import { exampleAnalysis, exampleCard, exampleLesion } from '../../../core/fixtures/analysis';
import type { Square } from '../../../core/geometry';
import type { OtherLesion } from '../../../core/report/other-lesions';
import { otherLesions, unaskedLesions, worseSaid, worstLesion } from './lesion-verdicts';
import { maxLesions, newWorkbenchPhoto, type WorkbenchPhoto } from './workbench-photo';

const at = (left: number): Square => ({ left, top: 0, side: 100 });
const search = {
  segmenter: null,
  lesions: [10, 300, 450].map(exampleLesion),
  chosen: 0,
  mask: null,
  nothing: null,
  morphology: null,
  milliseconds: 1,
};
const said = (square: Square, probability: number, threshold = 0.21) => ({
  state: 'done' as const,
  analysis: exampleAnalysis({
    square,
    lesion: search,
    decision: { positive: ['mel'], probability, threshold, above: probability >= threshold, wanted: null },
  }),
});
const photo = (changes: Partial<WorkbenchPhoto> = {}): WorkbenchPhoto => ({
  ...newWorkbenchPhoto('p', { file: new Blob(), name: 'p.jpg', source: 'file' }),
  runs: { [exampleCard.id]: said(at(10), 0.05) },
  ...changes,
});
const lesionRuns = (answers: Record<number, number>) =>
  Object.entries(answers).map(([left, probability]) => ({
    packageId: exampleCard.id,
    square: at(Number(left)),
    run: said(at(Number(left)), probability),
  }));

describe('the lesion that a photo is called by', () => {
  it('is the one without a result before one that is not flagged, and a flagged one before both', () => {
    const refused = said(at(300), 0.01);
    refused.analysis.outOfDistribution = { score: 20, threshold: 12, inDistribution: false, refused: true };
    const others = [{ packageId: exampleCard.id, square: at(300), run: refused }];
    const looked = photo({ runs: { [exampleCard.id]: said(at(10), 0.2) }, lesionRuns: others });
    expect(worstLesion(looked, exampleCard, null)).toMatchObject({ number: 2 });
    const flagged = photo({ ...looked, lesionRuns: [...others, ...lesionRuns({ 450: 0.22 })] });
    expect(worstLesion(flagged, exampleCard, null)).toMatchObject({ number: 3 });
    const [first] = otherLesions(looked, exampleCard, null);
    expect(first?.noResult).toBe(true);
  });
  it('is the one looked at as long as no other has an answer', () => {
    expect(worstLesion(photo(), exampleCard, null)).toMatchObject({ number: 1, of: 3 });
    expect(worstLesion(photo({ runs: {} }), exampleCard, null)).toBeNull();
  });

  it('is a flagged one, and the one with the largest sum', () => {
    const worst = worstLesion(photo({ lesionRuns: lesionRuns({ 300: 0.5, 450: 0.3 }) }), exampleCard, null);
    expect(worst).toMatchObject({ number: 2, analysis: { decision: { probability: 0.5, above: true } } });
    expect(
      worstLesion(photo({ lesionRuns: lesionRuns({ 300: 0.04, 450: 0.1 }) }), exampleCard, null),
    ).toMatchObject({ number: 3, analysis: { decision: { above: false } } });
  });

  it('is the square that the user moved off all lesions, where that one is flagged', () => {
    const moved = (probability: number) =>
      worstLesion(
        photo({
          runs: { [exampleCard.id]: said(at(600), probability) },
          lesionRuns: lesionRuns({ 10: 0.1, 300: 0.05 }),
        }),
        exampleCard,
        null,
      );
    expect(moved(0.6)).toMatchObject({ of: 1, analysis: { decision: { probability: 0.6, above: true } } });
    expect(moved(0.01)).toMatchObject({ number: 1, of: 3 });
  });

  it('is judged at the sensitivity that the user asks for', () => {
    const worst = worstLesion(photo(), exampleCard, 0.9);
    // The example's curve finds all only from a threshold of 0 on.
    expect(worst?.analysis.decision).toMatchObject({ threshold: 0, above: true, wanted: 0.9 });
  });
});

describe('the other lesions of a photo', () => {
  it('are those beside the one looked at, a flagged one first and then by the sum', () => {
    const others = otherLesions(photo({ lesionRuns: lesionRuns({ 300: 0.1, 450: 0.5 }) }), exampleCard, null);
    expect(others.map(({ number, of, flag }) => [number, of, flag?.flagged])).toEqual([
      [3, 3, true],
      [2, 3, false],
    ]);
  });

  it('are none before the others have an answer', () => {
    expect(otherLesions(photo(), exampleCard, null)).toEqual([]);
    expect(otherLesions(photo({ runs: {} }), exampleCard, null)).toEqual([]);
  });

  it('are all lesions with an answer where the square was moved off them', () => {
    const moved = photo({
      runs: { [exampleCard.id]: said(at(200), 0.05) },
      lesionRuns: lesionRuns({ 10: 0.5 }),
    });
    expect(otherLesions(moved, exampleCard, null)).toMatchObject([{ number: 1, flag: { flagged: true } }]);
  });
});

/** What a file of another time has of the lesion in this square. */
const then = (left: number, probability: number, noResult = false) => ({
  packageId: exampleCard.id,
  lesion: {
    ...{ number: 9, of: 9, square: at(left), noResult, classes: ['mel'], listed: 'one' },
    flag: { flagged: probability >= 0.21, probability, threshold: 0.21 },
  } satisfies OtherLesion,
});

describe('what was said of a lesion at another time', () => {
  it('stands in for an answer that is not there, under the number of now', () => {
    const others = otherLesions(photo({ lesionsSaid: [then(300, 0.1), then(450, 0.5)] }), exampleCard, null);
    expect(others.map(({ number, of, flag }) => [number, of, flag?.probability])).toEqual([
      [3, 3, 0.5],
      [2, 3, 0.1],
    ]);
  });

  it('gives way to an answer of now, is not said of the lesion looked at, and by no other package', () => {
    const lesionsSaid = [then(300, 0.5), then(10, 0.5), { ...then(450, 0.5), packageId: 'other' }];
    const renewed = photo({ lesionsSaid, lesionRuns: lesionRuns({ 300: 0.1 }) });
    expect(otherLesions(renewed, exampleCard, null).map(({ flag }) => flag?.probability)).toEqual([0.1]);
  });

  it('calls a photo by its flag, and by nothing else that it said', () => {
    const worse = (said: WorkbenchPhoto['lesionsSaid'], runs = {}) => {
      const now = photo({ lesionsSaid: said, lesionRuns: lesionRuns(runs) });
      const answer = worstLesion(now, exampleCard, null);
      return answer && worseSaid(now, exampleCard, { answer, sensitivity: null });
    };
    expect(worse([then(300, 0.5)])).toMatchObject({ number: 2, of: 3, flag: { flagged: true } });
    expect(worse([then(300, 0.2)])).toBeNull();
    expect(worse([then(300, 0.5)], { 450: 0.7 })).toBeNull();
    const { packageId, lesion } = then(300, 0.1);
    const without = [{ packageId, lesion: { ...lesion, noResult: true } }];
    expect(worse(without)).toMatchObject({ number: 2, noResult: true });
    expect(worse(without, { 450: 0.7 })).toBeNull();
    // What no threshold judged rules nothing out either.
    expect(worse([{ packageId, lesion: { ...lesion, flag: null } }])).toMatchObject({
      number: 2,
      flag: null,
    });
  });

  it('is decided at the sensitivity that the user asks for', () => {
    const [other] = otherLesions(photo({ lesionsSaid: [then(300, 0.1)] }), exampleCard, 0.9);
    expect(other?.flag).toMatchObject({ flagged: true, threshold: 0 });
  });

  it('keeps a flag of an earlier threshold where nothing is asked for, and gains one by the threshold of now', () => {
    const kept = {
      ...then(300, 0.1),
      lesion: { ...then(300, 0.1).lesion, flag: { flagged: true, probability: 0.1, threshold: 0.05 } },
    };
    const missed = {
      ...then(300, 0.5),
      lesion: { ...then(300, 0.5).lesion, flag: { flagged: false, probability: 0.5, threshold: 0.6 } },
    };
    for (const said of [kept, missed])
      expect(otherLesions(photo({ lesionsSaid: [said] }), exampleCard, null)[0]?.flag?.flagged).toBe(true);
  });

  it('lists what it is flagged for, where a sensitivity flags a list of benign classes', () => {
    const { packageId, lesion } = then(300, 0.1);
    const benign = (listed: OtherLesion['listed'], sensitivity: number | null) => {
      const lesionsSaid = [{ packageId, lesion: { ...lesion, classes: ['nv'], listed } }];
      const [other] = otherLesions(photo({ lesionsSaid }), exampleCard, sensitivity);
      return [other?.flag?.flagged, other?.classes, other?.listed];
    };
    const { positive = [] } = exampleCard.decision ?? {};
    const words = 1 + positive.length === exampleCard.classes.length ? 'all' : 'some';
    expect(benign('one', null)).toEqual([false, ['nv'], 'one']);
    expect(benign('one', 0.9)).toEqual([true, ['nv', ...positive], words]);
    expect(benign('unsure', 0.9)).toEqual([true, ['nv', ...positive], 'unsure']);
  });
});

describe('the lesions without an answer', () => {
  it('are named by the reason, those with one are not', () => {
    const lost = failure('internal').failure;
    const half = photo({
      lesionRuns: [{ packageId: exampleCard.id, square: at(300), run: { state: 'failed', failure: lost } }],
    });
    expect(unaskedLesions(half, exampleCard)).toEqual([
      { reason: 'not-asked', numbers: [3], of: 3, limit: null },
      { reason: 'failed', numbers: [2], of: 3, limit: null },
    ]);
    const said = photo({ lesionRuns: lesionRuns({ 300: 0.1 }), lesionsSaid: [then(450, 0.1)] });
    expect(unaskedLesions(said, exampleCard)).toEqual([]);
    expect(unaskedLesions(photo({ runs: {} }), exampleCard)).toEqual([]);
  });

  it('are those beyond the number that is asked about, or still on their way', () => {
    const many = Array.from({ length: maxLesions + 2 }, (_, index) => exampleLesion(10 + 100 * index));
    const standing = said(at(10), 0.05);
    const analysis = { ...standing.analysis, lesion: { ...search, lesions: many } };
    const running = { state: 'running' as const, progress: null, previous: null };
    const asked = many
      .slice(1, maxLesions)
      .map(({ square }) => ({ packageId: exampleCard.id, square, run: running }));
    const waiting = photo({ runs: { [exampleCard.id]: { ...standing, analysis } }, lesionRuns: asked });
    expect(unaskedLesions(waiting, exampleCard)).toEqual([
      { reason: 'limit', numbers: [9, 10], of: 10, limit: 8 },
      { reason: 'pending', numbers: [2, 3, 4, 5, 6, 7, 8], of: 10, limit: null },
    ]);
  });

  it('are none where the user moved the square in a photo of one lesion', () => {
    const moved = said(at(20), 0.05);
    const analysis = { ...moved.analysis, lesion: { ...search, lesions: [exampleLesion(10)] } };
    expect(
      unaskedLesions(photo({ runs: { [exampleCard.id]: { ...moved, analysis } } }), exampleCard),
    ).toEqual([]);
  });
});
