import { expect, it } from 'vitest';
import { exampleAnalysis, exampleCard, exampleSiteCalibration } from '../../../core/fixtures/analysis';
import { maxLooks, type SampleLook } from '../../../core/takeaway/takeaway';
import { createVisitLog, hasVisit, lookOf } from './visit-log';

const model = { id: exampleCard.id, version: exampleCard.version };
const look = (sample: number | null, drawn = false, changes = {}) =>
  lookOf(exampleCard, exampleAnalysis(changes), sample, drawn);

it('takes the answer for a photo of the host’s away', () => {
  expect(look(2)).toEqual({
    kind: 'photo',
    sample: 2,
    model,
    headline: 'flagged',
    probabilities: [
      { id: 'nv', permille: 700 },
      { id: 'mel', permille: 300 },
    ],
    listed: { classes: ['nv', 'mel'], unsure: false },
  });
});

it('takes nothing of the visitor’s own skin away but that the camera was used', () => {
  expect(look(null)).toEqual({ kind: 'camera', model });
});

it('takes no number of a drawing away, nor of a photo without a result', () => {
  const outOfDistribution = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
  expect(look(1, true)).toMatchObject({ kind: 'drawing', headline: 'flagged', probabilities: [] });
  const decision = { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null };
  const unflagged = look(1, false, { outOfDistribution, decision });
  expect(unflagged).toMatchObject({ headline: 'no-result', probabilities: [] });
});

it('takes away that a photo without a result was flagged all the same', () => {
  const outOfDistribution = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
  const flagged = look(1, false, { outOfDistribution });
  expect(flagged).toMatchObject({ headline: 'no-result-flagged', probabilities: [] });
});

it('keeps the latest looks, each thing once, and forgets all of them', () => {
  const log = createVisitLog();
  expect(hasVisit(log.store.getState())).toBe(false);
  for (const sample of [1, 2, 1, 3, null, null]) log.noteLook(look(sample));
  const { looks } = log.store.getState();
  expect(looks).toHaveLength(maxLooks);
  expect(looks.map((each) => (each as SampleLook).sample)).toEqual([1, 3, undefined]);
  log.noteRound({ you: 4, machine: 5, of: 6, drawn: true });
  log.forget();
  expect(log.store.getState()).toEqual({ looks: [], round: null });
});

it('takes away that a calibration of the site judged, and of which day, but not its name', () => {
  const siteCalibration = exampleSiteCalibration(exampleCard.id, 'a'.repeat(64));
  for (const sample of [1, null]) {
    const taken = look(sample, false, { siteCalibration });
    expect(taken.model).toEqual({ ...model, site: siteCalibration.createdAt.slice(0, 10) });
    expect(JSON.stringify(taken)).not.toContain(siteCalibration.name);
  }
});
