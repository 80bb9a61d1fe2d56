import { describe, expect, it } from 'vitest';
import type { Card } from '../card/card';
import { rememberHash } from '../card/known-hash';
import {
  exampleAnalysis,
  exampleCard,
  examplePanelMember,
  exampleSiteCalibration,
} from '../fixtures/analysis';
import { coarseAnswers, verdictOf } from './verdict';

const inDistribution = { score: 1, threshold: 2, inDistribution: true, refused: false };
const refused = { score: 3, threshold: 2, inDistribution: false, refused: true };

/** The example: nv and mel, flagged from 21 % melanoma on. */
function said(mel: number, changes: Parameters<typeof exampleAnalysis>[0] = {}) {
  return exampleAnalysis({
    probabilities: [
      { id: 'nv', logit: 0, raw: 1 - mel, calibrated: 1 - mel },
      { id: 'mel', logit: 0, raw: mel, calibrated: mel },
    ],
    conformalSet: mel > 0.5 ? ['mel'] : ['nv'],
    decision: { positive: ['mel'], probability: mel, threshold: 0.21, above: mel >= 0.21, wanted: null },
    outOfDistribution: inDistribution,
    ...changes,
  });
}

describe('verdictOf', () => {
  it('leads with the flag, however probable a benign class is', () => {
    const verdict = verdictOf(exampleCard, said(0.24));
    expect(verdict.headline).toBe('flagged');
    expect(verdict.flag).toMatchObject({ flagged: true, probability: 0.24, threshold: 0.21, digits: 0 });
    expect(verdict.top).toMatchObject({ id: 'nv', kind: 'benign' });
    // The set by itself holds the nevus alone.
    expect(verdict.list).toMatchObject({ classes: ['nv', 'mel'], forFlag: ['mel'] });
    expect(verdict.explained).toBe('mel');
  });

  it('says of a photo under the threshold that it is not flagged, and shows the evidence of the most probable class', () => {
    const verdict = verdictOf(exampleCard, said(0.1));
    expect(verdict).toMatchObject({ headline: 'not-flagged', noResult: null, explained: 'nv' });
    expect(verdict.list).toMatchObject({ classes: ['nv'], words: 'one' });
  });

  it('gives no result for a photo unlike the training photos, and keeps the flag beside it', () => {
    const verdict = verdictOf(exampleCard, said(0.24, { outOfDistribution: refused }));
    expect(verdict).toMatchObject({ headline: 'no-result', noResult: 'out-of-distribution' });
    expect(verdict.flag?.flagged).toBe(true);
  });

  it('answers for a photo that is unusual and no more', () => {
    const unusual = { ...refused, refused: false };
    expect(verdictOf(exampleCard, said(0.24, { outOfDistribution: unusual })).headline).toBe('flagged');
  });

  it('is unsure where no class was probable enough, and lists the most probable; an old empty set is read so', () => {
    for (const changes of [{ unsure: true }, { conformalSet: [] }]) {
      const { list, headline } = verdictOf(exampleCard, said(0.1, changes));
      expect(headline).toBe('not-flagged');
      expect(list).toMatchObject({ classes: ['nv'], unsure: true, words: 'unsure' });
    }
  });

  it('leads with the most probable class where the package has no threshold', () => {
    const card: Card = { ...exampleCard, decision: null };
    const verdict = verdictOf(card, said(0.24, { decision: null }));
    expect(verdict).toMatchObject({ headline: 'most-probable', flag: null, explained: 'nv' });
  });

  it('keeps a flag that was decided where the card at hand has no threshold any more, and claims nothing for it', () => {
    const card: Card = { ...exampleCard, decision: null };
    const { headline, flag, list } = verdictOf(card, said(0.24));
    expect(headline).toBe('flagged');
    expect(flag).toMatchObject({ flagged: true, threshold: 0.21, target: null, measured: null });
    expect(list.classes).toContain('mel');
    expect(verdictOf(card, said(0.1)).headline).toBe('not-flagged');
  });

  describe('of an answer by another version of the model than the one here', () => {
    const newer: Card = { ...exampleCard, version: '1.1.0' };
    const nothingKnown = { promise: null, held: null, heldByClass: [], pooled: [] };

    it('keeps flag and list, and claims nothing that only the card here knows', () => {
      const verdict = verdictOf(newer, said(0.24));
      expect(verdict).toMatchObject({
        headline: 'flagged',
        otherVersion: { version: '1.0.0', here: '1.1.0' },
      });
      expect(verdict.flag).toMatchObject({ flagged: true, target: null, measured: null });
      expect(verdict.list).toMatchObject({ classes: ['nv', 'mel'], ...nothingKnown });
      expect(verdictOf(exampleCard, said(0.24))).toMatchObject({
        otherVersion: null,
        list: { promise: { coverage: 0.9 }, held: 0.91 },
      });
    });

    it('tells other files of the same version by their hash, where that is known', () => {
      const retrained: Card = { ...exampleCard };
      rememberHash(retrained, 'b'.repeat(64));
      expect(verdictOf(retrained, said(0.24))).toMatchObject({
        otherVersion: { version: '1.0.0', here: '1.0.0' },
        list: nothingKnown,
      });
      const same: Card = { ...exampleCard };
      rememberHash(same, exampleAnalysis().provenance.packageHash);
      expect(verdictOf(same, said(0.24)).otherVersion).toBeNull();
    });

    it('keeps what the calibration of the site promises, which is kept with the answer', () => {
      const siteCalibration = exampleSiteCalibration(exampleCard.id, 'a'.repeat(64));
      const decision = { positive: ['mel'], probability: 0.24, threshold: 0.05, above: true, wanted: null };
      const { flag, list } = verdictOf(newer, said(0.24, { siteCalibration, decision }));
      expect(list.promise).toEqual({ coverage: 0.9, method: 'class-conditional' });
      expect(flag).toMatchObject({ target: 0.9, measured: { sensitivity: 0.9 } });
      const withoutThreshold = { ...siteCalibration, decision: null };
      expect(verdictOf(newer, said(0.24, { siteCalibration: withoutThreshold })).flag?.target).toBeNull();
    });
  });

  it('tells how far the members of a panel are apart', () => {
    const panel = [examplePanelMember('a', 0.1, false), examplePanelMember('b', 0.4, true)];
    expect(verdictOf(exampleCard, said(0.24, { panel })).spread).toMatchObject({
      lowest: 0.1,
      highest: 0.4,
      flagging: ['b'],
      deciding: 2,
    });
    expect(verdictOf(exampleCard, said(0.24)).spread).toBeNull();
  });
});

describe('answers', () => {
  const name = { en: 'Mole', ko: '점' };
  const kinds = { nv: 'benign', nevus: 'benign', akiec: 'premalignant', mel: 'malignant' } as const;
  const classes = Object.entries(kinds).map(([id, kind]) => ({ id, name, kind, description: name }));
  const merge = [
    { id: 'mole', name, classes: ['nv', 'nevus'] },
    { id: 'others', name, classes: ['akiec', 'mel'] },
  ];

  it('are the merged ones where a card has two names for one thing, of the most urgent kind among them', () => {
    expect(coarseAnswers({ classes, merge }, [0.3, 0.25, 0.05, 0.4])).toEqual([
      { id: 'mole', name, kind: 'benign', probability: 0.55 },
      { id: 'others', name, kind: 'malignant', probability: 0.45 },
    ]);
    expect(coarseAnswers({ classes, merge: null }, [0.3, 0.25, 0.05, 0.4])[2]).toMatchObject({
      id: 'akiec',
      kind: 'premalignant',
    });
  });

  it('are taken together for the most probable one', () => {
    const probabilities = ['nv', 'nevus', 'akiec', 'mel'].map((id, index) => ({
      id,
      logit: 0,
      raw: 0,
      calibrated: [0.3, 0.25, 0.05, 0.4][index] ?? 0,
    }));
    const analysis = exampleAnalysis({ probabilities, conformalSet: ['mel'], decision: null });
    expect(
      verdictOf({ version: '1.0.0', classes, merge, calibration: null, decision: null }, analysis).top.id,
    ).toBe('mole');
  });
});
