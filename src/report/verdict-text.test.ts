import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Card } from '../core/card/card';
import { verdictOf } from '../core/decision/verdict';
import { exampleAnalysis, exampleCard } from '../core/fixtures/analysis';
import { briefList } from './brief-list';
import { verdictLead, verdictSentences, verdictText } from './verdict-text';
import type { VerdictWords } from './words';

const wordsOf = (language: string): VerdictWords =>
  JSON.parse(readFileSync(new URL(`../app/languages/verdict.${language}.json`, import.meta.url), 'utf8'))
    .verdict;
const languages = { en: wordsOf('en'), ko: wordsOf('ko') };

const say = (
  changes: Parameters<typeof exampleAnalysis>[0] = {},
  card: Card = exampleCard,
  language: 'en' | 'ko' = 'en',
  minDigits = 0,
) =>
  verdictText(card, verdictOf(card, exampleAnalysis(changes)), {
    words: languages[language],
    language,
    minDigits,
  });

const decision = (probability: number, threshold = 0.21) => ({
  positive: ['mel'],
  probability,
  threshold,
  above: probability >= threshold,
  wanted: null,
});

describe('a verdict in words', () => {
  test('never sets a sum beside a threshold that looks the same', () => {
    const sumOf = (probability: number, threshold: number) =>
      say({ decision: decision(probability, threshold) }).sum;
    expect(sumOf(0.34, 0.2)).toContain('34 %. Photos are flagged from 20 % on');
    expect(sumOf(0.204, 0.2)).toContain('20.4 %. Photos are flagged from 20.0 % on');
    expect(sumOf(0.20017, 0.200171)).toContain('20.0170 %. Photos are flagged from 20.0171 % on');
    expect(sumOf(0.001, 0.21)).toContain('<1 %');
    expect(sumOf(0.9999, 0.21)).toContain('>99 %');
  });

  test('names in a line what leads', () => {
    expect(say().cell).toBe('Flagged: 30 % against\u00a021 %');
    expect(say({ decision: decision(0.1) }).cell).toBe('Not flagged: 10 % against\u00a021 %');
    const refused = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
    expect(say({ outOfDistribution: refused }).cell).toBe(
      'No confident result. Flagged all the same: 30 % against\u00a021 %',
    );
    expect(say({ outOfDistribution: refused, decision: decision(0.1) }).cell).toBe('No confident result');
  });

  test('says of a model without a threshold that nothing was flagged and nothing is ruled out', () => {
    const without = say({ decision: null }, { ...exampleCard, decision: null });
    expect(without.cell).toBe('No threshold. Most probable: Nevus 70 %');
    expect(without.caution).toContain('it flags no photo');
    const refused = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
    expect(
      say({ decision: null, outOfDistribution: refused }, { ...exampleCard, decision: null }).caution,
    ).toBeNull();
  });

  test('says the flag of an answer whose model has no threshold any more', () => {
    const text = say({ decision: decision(0.3, 0.05) }, { ...exampleCard, decision: null });
    expect(verdictLead(text)).toBe('Flagged.');
    expect(text.cell).toBe('Flagged: 30 % against\u00a05 %');
    expect(text).toMatchObject({ caution: languages.en.caution.flagged, target: null, measured: null });
    expect(verdictSentences(text).join(' ')).not.toContain('no threshold');
  });

  test('says beside it what cannot be ruled out, the most urgent first, with short names', () => {
    const three = {
      ...exampleCard,
      classes: [
        ...exampleCard.classes,
        {
          ...exampleCard.classes[1],
          id: 'akiec',
          name: { en: 'Actinic keratosis', ko: '광선각화증' },
          kind: 'premalignant',
        },
      ],
    } as Card;
    const probabilities = ['nv', 'mel', 'akiec'].map((id, index) => ({
      ...{ id, logit: 0, raw: 0 },
      calibrated: [0.6, 0.3, 0.1][index] as number,
    }));
    const brief = (changes: Parameters<typeof exampleAnalysis>[0]) =>
      say({ probabilities, ...changes }, three).brief;
    expect(brief({ conformalSet: ['nv', 'akiec'], decision: decision(0.1) })).toBe(
      'Not ruled out: AK, Nevus',
    );
    // What a flag adds is listed too.
    expect(brief({ conformalSet: ['nv'] })).toBe('Not ruled out: Melanoma, Nevus');
    expect(brief({ conformalSet: ['nv'], unsure: true, decision: decision(0.1) })).toBe(
      'Unsure, nothing ruled out. To consider: Nevus',
    );
    expect(brief({ conformalSet: ['nv', 'mel', 'akiec'] })).toBe('No class ruled out');
    const listed = { classes: ['nv', 'akiec', 'mel'], listed: 'some' as const, noResult: false };
    expect(briefList(three, listed, languages.en, 'en', 2)).toBe('Not ruled out: Melanoma, AK +1');
    const refused = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
    expect(brief({ outOfDistribution: refused })).toBe('Nothing ruled out');
  });

  test('says what a list is worth: of the class that must not be missed, or over all where nothing else is known', () => {
    expect(say().list?.held).toBe('On test photos the list held Melanoma for 91 of 100 photos of it.');
    const { calibration } = exampleCard;
    if (!calibration?.conformal.test) throw new Error('the example has it');
    const few = {
      ...calibration.conformal.test,
      perClass: [{ class: 'mel', count: 8, coverage: { value: 0.875, low: 0.5, high: 0.98 } }],
    };
    const ofFew: Card = {
      ...exampleCard,
      calibration: { ...calibration, conformal: { ...calibration.conformal, test: few } },
    };
    expect(say({}, ofFew).list?.held).toBe('On test photos the list held Melanoma for 7 of 8 photos of it.');
    expect(say({}, ofFew, 'ko').list?.held).toContain('사진 8장 가운데 7장');
    const test = { ...calibration.conformal.test, perClass: [] };
    const marginal: Card = {
      ...exampleCard,
      calibration: { ...calibration, conformal: { ...calibration.conformal, method: 'marginal', test } },
    };
    expect(say({}, marginal).list).toMatchObject({
      promise: expect.stringContaining('all photos taken together'),
      held: expect.stringContaining('held the true class for 91 % of all; nobody measured it class by class'),
    });
  });

  test('says why a class is listed that no list by itself would hold', () => {
    const text = say({ conformalSet: ['nv'] });
    expect(text.list?.classes).toContain('Nevus, Melanoma');
    expect(text.list?.forFlag).toBe('Added because the photo is flagged: Melanoma.');
  });

  test('names the calibration of the site that the numbers are by', () => {
    const siteCalibration = {
      format: 'lentigo-site-calibration' as const,
      schema: 1 as const,
      packageId: 'tiny-classifier',
      packageVersion: '1.0.0',
      packageHash: 'a'.repeat(64),
      name: 'Ward 3',
      createdAt: '2026-01-02T03:04:05.000Z',
      fitted: { count: 412, groups: 300 },
      temperature: 1,
      offsets: [],
      conformal: { method: 'class-conditional' as const, coverage: 0.9, classes: [] },
      decision: { targetSensitivity: 0.95, threshold: 0.21, sensitivity: 0.9, specificity: 0.5, curve: [] },
      measured: { count: 400, groups: 290, figures: {} },
    };
    const text = say({ siteCalibration });
    expect(text.site).toMatch(/“Ward 3” of .*2026, fitted on 412 photos/);
    expect(text.target).toContain('95 %');
  });
});

describe('a threshold that was chosen on the photos that it was measured on', () => {
  const decision = exampleCard.decision as NonNullable<typeof exampleCard.decision>;
  const wanted = { positive: ['mel'], probability: 0.3, threshold: 0, above: true, wanted: 0.95 };

  test.each(['en', 'ko'] as const)('is said to flatter, right after its figures, in %s', (language) => {
    for (const text of [
      say({ decision: wanted }, exampleCard, language),
      say({}, { ...exampleCard, decision: { ...decision, fittedOn: 'test' } }, language),
    ]) {
      expect(text.flatters).toBe(languages[language].flatters);
      expect(verdictSentences(text)).toContainEqual(`${text.target} ${text.measured} ${text.flatters}`);
    }
  });

  test('that was chosen on these photos is told from one that was chosen on other photos', () => {
    expect(say({}).flatters).toBeNull();
    const estimate = { value: 0.93, low: 0.9, high: 0.96 };
    const offered = { targetSensitivity: 0.95, threshold: 0, sensitivity: estimate, specificity: estimate };
    const text = say(
      { decision: wanted },
      { ...exampleCard, decision: { ...decision, thresholds: [offered] } },
    );
    expect(text.measured).toContain('93 %');
    expect(text.flatters).toBeNull();
  });
});

describe.each(['en', 'ko'] as const)('a sensitivity that the test did not show, in %s', (language) => {
  const decision = exampleCard.decision as NonNullable<typeof exampleCard.decision>;
  const at = (high: number, fittedOn: 'validation' | 'test' = 'validation') => {
    const estimate = { value: high - 0.06, low: high - 0.12, high };
    const offered = { targetSensitivity: 0.8, threshold: 0.3, sensitivity: estimate, specificity: estimate };
    const wanted = { positive: ['mel'], probability: 0.3, threshold: 0.3, above: true, wanted: 0.8 };
    const card = { ...exampleCard, decision: { ...decision, fittedOn, thresholds: [offered] } };
    return say({ decision: wanted }, card, language);
  };

  test('is said to fall short where its whole interval is below what was asked', () => {
    const text = at(0.799);
    expect(text.fellShort).toBe(languages[language].fellShort);
    expect(verdictSentences(text)).toContainEqual(`${text.target} ${text.measured} ${text.fellShort}`);
    expect(text.target).not.toMatch(/at least|이상/);
  });

  test('is not said to where the interval holds what was asked', () => {
    expect(at(0.8).fellShort).toBeNull();
    expect(say({}, exampleCard, language).fellShort).toBeNull();
  });
});

describe.each(['en', 'ko'] as const)('in %s', (language) => {
  const cases: [string, Parameters<typeof exampleAnalysis>[0]][] = [
    ['flagged', {}],
    ['flagged with a benign set', { conformalSet: ['nv'] }],
    ['flagged and unsure', { conformalSet: ['nv'], unsure: true }],
    [
      'flagged without a result',
      { outOfDistribution: { score: 9, threshold: 1, inDistribution: false, refused: true } },
    ],
  ];

  test.each(cases)('the words of a photo that is %s never leave the melanoma out', (_, changes) => {
    const text = say(changes, exampleCard, language);
    const all = [verdictLead(text), ...verdictSentences(text)].join(' ');
    expect(all).toContain(exampleCard.classes[1]?.name[language]);
    expect(all).not.toMatch(/\{\{|undefined/);
    expect(verdictLead(text)).not.toContain(exampleCard.classes[0]?.name[language]);
  });
});
