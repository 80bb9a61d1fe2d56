import { describe, expect, it } from 'vitest';
import { exampleAnalysis, exampleCard, exampleLesion, exampleOutline } from '../../../core/fixtures/analysis';
import type { Run } from '../../../runtime/run';
import { type AgreementModels, agreementCount, createAgreementRows } from './agreement';
import { doneRun, openPhoto } from './testing/triage-rows';

const models: AgreementModels = {
  cards: ['a', 'b'].map((id) => ({ ...exampleCard, id })),
  sensitivity: null,
};
const photo = (name: string, a?: number, b?: number, refused = false) =>
  openPhoto(name, {
    runs: { ...(a !== undefined && { a: doneRun(a) }), ...(b !== undefined && { b: doneRun(b, refused) }) },
  });
const nothingWaits = () => false;
const rowsOf = (...photos: ReturnType<typeof photo>[]) => createAgreementRows()(photos, models, nothingWaits);

describe('the agreement of models over a queue', () => {
  it('puts first what they part on most: the flag, then whether there is a result, then the distance', () => {
    const rows = rowsOf(
      photo('alike', 0.1, 0.1),
      photo('one', 0.9),
      photo('far', 0.3, 0.45),
      photo('result', 0.1, 0.1, true),
      photo('flag', 0.1, 0.3),
      photo('flag and kind', 0.1, 0.8),
    );
    expect(rows.map(({ photo }) => photo.name)).toEqual([
      'flag and kind',
      'flag',
      'result',
      'far',
      'alike',
      'one',
    ]);
    expect(agreementCount(rows)).toEqual({ parting: 3, count: 5 });
  });

  it('tells what was answered from what is on its way, has failed, and was never asked', () => {
    const running = openPhoto('running', { runs: { a: { state: 'running', progress: null } } });
    const failed = openPhoto('failed', {
      runs: { a: { state: 'failed', failure: { code: 'internal', detail: {} } } },
    });
    const stopped = openPhoto('stopped', {
      runs: { a: { state: 'failed', failure: { code: 'cancelled', detail: {} } } },
    });
    const states = rowsOf(running, failed, stopped).map(({ cells }) => cells.map(({ state }) => state));
    expect(states).toEqual([
      ['running', 'not-asked'],
      ['failed', 'not-asked'],
      ['not-asked', 'not-asked'],
    ]);
  });

  it('knows of a flag that the model has for another lesion of the photo', () => {
    const lesion = { ...exampleOutline(null), lesions: [10, 300].map(exampleLesion), chosen: 0 };
    const squareAt = (left: number) => ({ left, top: 0, side: 100 });
    const flagged = {
      ...{
        number: 2,
        of: 2,
        square: squareAt(300),
        noResult: false,
        classes: ['mel'],
        listed: 'one' as const,
      },
      flag: { flagged: true, probability: 0.6, threshold: 0.21 },
    };
    const two = (name: string): Run => {
      const analysis = exampleAnalysis({ lesion, square: squareAt(10) });
      const provenance = { ...analysis.provenance, packageId: name };
      return { state: 'done', analysis: { ...analysis, provenance } };
    };
    const [row] = rowsOf(
      openPhoto('two', {
        runs: { a: two('a'), b: two('b') },
        lesionsSaid: [{ packageId: 'a', lesion: flagged }],
      }),
    );
    expect(row?.cells.map((cell) => cell.state === 'answered' && cell.otherFlagged)).toEqual([true, false]);
  });

  it('counts nothing of a photo that waits for an own impression', () => {
    const rows = createAgreementRows()([photo('hidden', 0.1, 0.8)], models, () => true);
    expect(rows).toMatchObject([{ waits: true, answered: 0, parting: false }]);
    expect(agreementCount(rows)).toEqual({ parting: 0, count: 0 });
  });

  it('judges again only what has changed', () => {
    const rowsFor = createAgreementRows();
    const photos = [photo('x', 0.1, 0.8), photo('y', 0.1, 0.1)];
    const before = rowsFor(photos, models, nothingWaits);
    const after = rowsFor([photos[0] as (typeof photos)[0], photo('y', 0.2, 0.1)], models, nothingWaits);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(rowsFor(photos, { ...models, sensitivity: 0.9 }, nothingWaits)[0]).not.toBe(before[0]);
  });
});
