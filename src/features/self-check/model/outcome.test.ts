import { describe, expect, test } from 'vitest';
import type { Card } from '../../../core/card/card';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import {
  findingOf,
  type Outcome,
  outcomes,
  type PhotoFinding,
  type SelfCheckAnswers,
  type Symptom,
  selfCheck,
  skipsModel,
  specialSites,
  symptoms,
  type YesNo,
} from './outcome';

/**
 * Every combination of what can be answered: 3 ^ 6 symptoms, six kinds of place, and ages on both sides of
 * every limit.
 */
function* everyAnswer(): Generator<SelfCheckAnswers> {
  const answersWith: YesNo[] = ['no', null, 'yes'];
  for (let code = 0; code < answersWith.length ** symptoms.length; code++) {
    const answers = Object.fromEntries(
      symptoms.map((symptom, index) => [symptom, answersWith[Math.floor(code / 3 ** index) % 3] ?? null]),
    ) as Record<Symptom, YesNo>;
    for (const special of ['none', null, ...specialSites] as const) {
      for (const age of [null, 0, 17, 18, 60]) {
        yield { age, sex: null, place: null, special, symptoms: answers };
      }
    }
  }
}

const judged = (flagged: boolean, remaining: string[]): PhotoFinding => ({
  kind: 'judged',
  flagged,
  remaining,
});
const uncertain = (flagged: boolean, remaining: string[]): PhotoFinding => ({
  kind: 'not-judged',
  why: 'uncertain',
  flagged,
  remaining,
});
const findings: PhotoFinding[] = [
  { kind: 'not-asked' },
  { kind: 'not-judged', why: 'photo-blur', flagged: false },
  { kind: 'not-judged', why: 'out-of-distribution', flagged: true },
  { kind: 'not-judged', why: 'out-of-distribution', flagged: false },
  uncertain(false, ['nev', 'mel', 'scc', 'bcc']),
  uncertain(true, ['nev', 'mel', 'scc', 'bcc']),
  judged(false, ['nev']),
  judged(false, ['nev', 'mel']),
  judged(false, ['ack']),
  judged(true, ['nev', 'bcc']),
  judged(true, ['scc']),
  judged(true, ['mel', 'nev']),
];

const rank = (outcome: Outcome | null) => (outcome === null ? -1 : outcomes.indexOf(outcome));
const all = [...everyAnswer()];
const calm: SelfCheckAnswers = {
  age: 40,
  sex: null,
  place: 'back',
  special: 'none',
  symptoms: { changed: 'no', grew: 'no', bleed: 'no', itch: 'no', hurt: 'no', elevation: 'no' },
};

// Hundreds of thousands of cases: a busy machine takes longer than a test usually may.
describe('for every combination of answers and every kind of photo', { timeout: 120_000 }, () => {
  /** Whether it holds everywhere; expect() alone for 200,000 cases takes a minute. */
  const everywhere = (holds: (answers: SelfCheckAnswers, photo: PhotoFinding) => boolean) =>
    all.flatMap((answers) =>
      findings.filter((photo) => !holds(answers, photo)).map((photo) => ({ answers, photo })),
    );

  test('a spot that changes, grows or bleeds is always for a doctor, whatever the model says', () => {
    const broken = everywhere(({ symptoms: answersWith, ...rest }, photo) => {
      const alarm =
        answersWith.changed === 'yes' || answersWith.bleed === 'yes' || answersWith.grew === 'yes';
      return !alarm || selfCheck({ symptoms: answersWith, ...rest }, photo).outcome === 'see-a-doctor';
    });
    expect(broken).toEqual([]);
  });

  test('the model raises and never lowers', () => {
    const broken = everywhere((answers, photo) => {
      const alone = selfCheck(answers, uncertain(false, [])).outcome;
      return rank(selfCheck(answers, photo).outcome) >= rank(alone);
    });
    expect(broken).toEqual([]);
  });

  test('no photo that was not judged gives an outcome of comfort', () => {
    const broken = everywhere(
      (answers, photo) =>
        photo.kind === 'judged' || selfCheck(answers, photo).outcome !== 'nothing-stands-out',
    );
    expect(broken).toEqual([]);
  });

  test('"nothing stands out" needs a clear No to every alarm sign, a known place and an adult', () => {
    const broken = everywhere((answers, photo) => {
      if (selfCheck(answers, photo).outcome !== 'nothing-stands-out') return true;
      const { changed, grew, bleed, itch, hurt } = answers.symptoms;
      const clear = changed === 'no' && grew === 'no' && bleed === 'no' && itch !== 'yes' && hurt !== 'yes';
      return clear && answers.special === 'none' && !skipsModel(answers);
    });
    expect(broken).toEqual([]);
  });

  test('nail, palm, sole, mucosa and children go to a doctor, and the model has no say', () => {
    const broken = everywhere((answers, photo) => {
      if (!skipsModel(answers)) return true;
      const { outcome } = selfCheck(answers, photo);
      const same = outcome === selfCheck(answers, { kind: 'not-asked' }).outcome;
      const special = answers.special !== null && answers.special !== 'none';
      return same && (special ? outcome === 'see-a-doctor' : rank(outcome) >= 1);
    });
    expect(broken).toEqual([]);
  });

  test('from No to "don\'t know" to Yes, no answer ever lowers the outcome', () => {
    // Ages and photos on either side of a limit, for one more loop over the symptoms.
    const broken = everywhere(
      (answers, photo) =>
        answers.age === 0 ||
        answers.age === 18 ||
        photo.kind === 'not-asked' ||
        symptoms.every((symptom) => {
          const ranks = (['no', null, 'yes'] as const).map((answersWith) =>
            rank(
              selfCheck({ ...answers, symptoms: { ...answers.symptoms, [symptom]: answersWith } }, photo)
                .outcome,
            ),
          );
          return ranks.every((value, index) => index === 0 || value >= (ranks[index - 1] ?? 0));
        }),
    );
    expect(broken).toEqual([]);
  });

  test('every outcome above the least has a reason, and the first one calls for it', () => {
    const broken = everywhere((answers, photo) => {
      const { outcome, reasons } = selfCheck(answers, photo);
      return rank(outcome) >= 1 === reasons.length > 0;
    });
    expect(broken).toEqual([]);
  });
});

describe('what the photo adds when the answers are calm', () => {
  test.each([
    [judged(false, ['nev']), 'nothing-stands-out'],
    [judged(false, ['nev', 'sek']), 'nothing-stands-out'],
    // Actinic keratosis and basal cell carcinoma should be seen, without hurry; so should whatever cannot be
    // ruled out.
    [judged(false, ['ack']), 'have-it-looked-at'],
    [judged(false, ['nev', 'mel']), 'have-it-looked-at'],
    [judged(true, ['nev']), 'have-it-looked-at'],
    [judged(true, ['bcc', 'ack']), 'have-it-looked-at'],
    [judged(true, ['mel']), 'see-a-doctor'],
    [judged(true, ['bcc', 'scc']), 'see-a-doctor'],
    [{ kind: 'not-judged', why: 'photo-dark', flagged: false }, null],
    // No comfort from a photo that cannot be judged, and no silence about a flag.
    [{ kind: 'not-judged', why: 'out-of-distribution', flagged: true }, 'have-it-looked-at'],
    // A long list makes a flagged melanoma in it no less urgent, and by itself it is no finding.
    [uncertain(true, ['bcc', 'ack', 'nev', 'mel']), 'see-a-doctor'],
    [uncertain(true, ['bcc', 'ack', 'nev', 'scc']), 'see-a-doctor'],
    [uncertain(true, ['bcc', 'ack', 'nev', 'sek']), 'have-it-looked-at'],
    [uncertain(false, ['bcc', 'ack', 'nev', 'mel']), null],
  ] as const)('%j: %s', (photo, outcome) => {
    expect(selfCheck(calm, photo).outcome).toBe(outcome);
  });
});

describe('an analysis as a finding', () => {
  const name = { en: 'x', ko: '엑스' };
  const ids = ['ack', 'bcc', 'mel', 'nev', 'scc', 'sek'];
  const card: Card = {
    ...exampleCard,
    classes: ids.map((id) => ({ id, name, description: name, kind: 'benign' })),
    calibration: null,
    decision: {
      positive: ['mel'],
      targetSensitivity: 0.9,
      threshold: 0.2,
      sensitivity: 0.9,
      specificity: 0.5,
      curve: [],
    },
  };
  const decision = { positive: ['mel'], probability: 0.1, threshold: 0.2, above: false, wanted: null };
  const flagged = { ...decision, probability: 0.3, above: true };
  const analysis = exampleAnalysis({
    probabilities: ids.map((id) => ({ id, logit: 1, raw: 0.1, calibrated: id === 'nev' ? 0.6 : 0.08 })),
    conformalSet: ['nev', 'sek', 'ack'],
    decision,
    outOfDistribution: { score: 1, threshold: 2, inDistribution: true, refused: false },
  });
  const unusual = { score: 3, threshold: 2, inDistribution: false, refused: false };

  test('up to half of the classes in question is an answer', () => {
    expect(findingOf(analysis, card)).toEqual({
      kind: 'judged',
      flagged: false,
      remaining: expect.arrayContaining(['nev', 'sek', 'ack']),
    });
  });

  test('of a flagged photo a flagged class is in question, whatever the set says', () => {
    const finding = findingOf({ ...analysis, conformalSet: ['nev'], decision: flagged }, card);
    expect(finding).toEqual({ kind: 'judged', flagged: true, remaining: ['nev', 'mel'] });
  });

  test.each([
    ['uncertain', { conformalSet: ['nev', 'sek', 'ack', 'bcc'] }],
    ['uncertain', { conformalSet: [] }],
    ['uncertain', { conformalSet: ['nev'], unsure: true }],
    ['out-of-distribution', { outOfDistribution: unusual }],
  ])('%s %j is not judged, and a flag is kept', (why, change) => {
    expect(findingOf({ ...analysis, ...change }, card)).toMatchObject({
      kind: 'not-judged',
      why,
      flagged: false,
    });
    expect(findingOf({ ...analysis, ...change, decision: flagged }, card)).toMatchObject({ flagged: true });
  });

  test('a model for spots without a threshold comforts nobody, and what its list holds still counts', () => {
    const unjudged = { ...card, decision: null };
    const findingFor = (conformalSet: string[], by = unjudged) =>
      findingOf({ ...analysis, decision: null, conformalSet }, by);
    expect(findingFor(['nev'])).toMatchObject({ kind: 'not-judged', why: 'no-threshold', flagged: false });
    expect(selfCheck(calm, findingFor(['nev']))).toEqual({ outcome: null, reasons: [] });
    expect(selfCheck(calm, findingFor(['nev', 'mel'])).reasons).toEqual(['photo-flagged']);
    // Types of acne are told apart without one.
    expect(findingFor(['nev'], { ...unjudged, domain: 'acne' })).toMatchObject({ kind: 'judged' });
  });

  test('a flagged photo with a long list is as urgent as what is in it', () => {
    const conformalSet = ['nev', 'sek', 'ack', 'bcc'];
    const finding = findingOf({ ...analysis, conformalSet, decision: flagged }, card);
    expect(finding).toMatchObject({ kind: 'not-judged', why: 'uncertain', flagged: true });
    // The class that it is flagged for is in question with the others.
    expect(selfCheck(calm, finding)).toEqual({ outcome: 'see-a-doctor', reasons: ['photo-urgent'] });
  });
});
