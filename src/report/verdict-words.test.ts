import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../core/analysis';
import type { Card, Kind } from '../core/card/card';
import { rememberHash } from '../core/card/known-hash';
import { verdictOf } from '../core/decision/verdict';
import {
  exampleAnalysis,
  exampleCard,
  examplePanelMember,
  exampleSiteCalibration,
} from '../core/fixtures/analysis';
import { verdictLead, verdictSentences, verdictText } from './verdict-text';
import type { Language, VerdictWords } from './words';

/**
 * Makes docs/verdict-words.md: every sentence of a verdict, in both languages side by side, to be read aloud.
 */

const wordsOf = (language: Language): VerdictWords =>
  JSON.parse(readFileSync(new URL(`../app/languages/verdict.${language}.json`, import.meta.url), 'utf8'))
    .verdict;
const languages = { en: wordsOf('en'), ko: wordsOf('ko') };

const classes = (
  [
    ['nv', 'Melanocytic nevus', '멜라닌세포모반', 'benign'],
    ['bkl', 'Benign keratosis', '양성 각화증', 'benign'],
    ['mel', 'Melanoma', '흑색종', 'malignant'],
    ['bcc', 'Basal cell carcinoma', '기저세포암', 'malignant'],
    ['akiec', "Actinic keratosis or Bowen's disease", '광선각화증 또는 보웬병', 'premalignant'],
  ] satisfies [string, string, string, Kind][]
).map(([id, en, ko, kind]) => ({ id, name: { en, ko }, kind, description: { en, ko } }));

const estimate = (value: number) => ({ value, low: value - 0.03, high: value + 0.03 });

/** `photos`: test photos of each class that is to be flagged. */
function cardThatFlags(positive: string[], marginal = false, photos = 100): Card {
  const { decision, calibration } = exampleCard;
  if (!decision || !calibration?.conformal.test) throw new Error('the example card has them');
  const perClass = [
    ['mel', 0.918],
    ['bcc', 0.934],
    ['akiec', 0.906],
  ] as const;
  const test = {
    ...calibration.conformal.test,
    perClass: marginal
      ? []
      : perClass.map(([id, value]) => ({ class: id, count: photos, coverage: estimate(value) })),
  };
  return {
    ...exampleCard,
    classes,
    decision: { ...decision, positive, curve: [{ threshold: 0.1, sensitivity: 0.96, specificity: 0.62 }] },
    calibration: {
      ...calibration,
      conformal: { ...calibration.conformal, method: marginal ? 'marginal' : 'class-conditional', test },
    },
  };
}

const card = cardThatFlags(['mel', 'bcc', 'akiec']);
const ids = classes.map(({ id }) => id);

/** `shares`: the calibrated probabilities in the order of the classes. */
function analysis(
  shares: readonly number[],
  conformalSet: string[],
  { by = card, ...changes }: Partial<Analysis> & { by?: Card } = {},
): Analysis {
  const positive = by.decision?.positive ?? [];
  const sum = ids.reduce((total, id, index) => total + (positive.includes(id) ? (shares[index] ?? 0) : 0), 0);
  const threshold = by.decision?.threshold ?? 0;
  return exampleAnalysis({
    probabilities: ids.map((id, index) => ({ id, logit: 0, raw: 0, calibrated: shares[index] ?? 0 })),
    conformalSet,
    decision: by.decision && { positive, probability: sum, threshold, above: sum >= threshold, wanted: null },
    ...changes,
  });
}

const unlike = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
const melanoma = [0.4, 0.1, 0.4, 0.07, 0.03];
const nevus = [0.88, 0.06, 0.04, 0.01, 0.01];
/** Members by the sums that they see; a sum from 30 % on is a flag of their own. */
const panel = (...sums: number[]) =>
  sums.map((sum, index) => examplePanelMember(`network-${index + 1}`, sum, sum >= 0.3));
const precancerous = cardThatFlags(['akiec']);
const malignant = cardThatFlags(['mel', 'bcc']);
const site = exampleSiteCalibration(card.id, 'a'.repeat(64));
const noThreshold = { ...card, decision: null };
const otherFiles = { ...card };
rememberHash(otherFiles, 'b'.repeat(64));
const { decision } = card;
const offering = (sensitivity: number, specificity: number): Card => {
  const measured = { sensitivity: estimate(sensitivity), specificity: estimate(specificity) };
  const thresholds = [{ targetSensitivity: 0.95, threshold: 0.1, ...measured }];
  return { ...card, decision: decision && { ...decision, thresholds } };
};
const chosen = { positive: ['mel', 'bcc', 'akiec'], threshold: 0.1, above: true, wanted: 0.95 };

const cases: [string, Analysis, Card?][] = [
  ['Flagged', analysis(melanoma, ['nv', 'mel'])],
  ['Flagged, and the list by itself held only what is benign', analysis(melanoma, ['nv'])],
  ['Flagged and unsure', analysis(melanoma, ['nv'], { unsure: true })],
  ['Flagged, and nothing can be ruled out', analysis(melanoma, ids)],
  [
    'Flagged at a sensitivity that the user asked for',
    analysis(melanoma, ['nv', 'mel'], { decision: { ...chosen, probability: 0.5 } }),
  ],
  [
    'Flagged at a sensitivity that the card has a threshold for',
    analysis(melanoma, ['nv', 'mel'], { decision: { ...chosen, probability: 0.5 } }),
    offering(0.96, 0.62),
  ],
  [
    'Not flagged at a sensitivity that the card has a threshold for',
    analysis(nevus, ['nv'], { decision: { ...chosen, above: false, probability: 0.06 } }),
    offering(0.96, 0.62),
  ],
  [
    'Flagged at a sensitivity that the test did not show',
    analysis(melanoma, ['nv', 'mel'], { decision: { ...chosen, probability: 0.5 } }),
    offering(0.88, 0.74),
  ],
  [
    'Flagged by a model that flags cancers only',
    analysis(melanoma, ['nv', 'mel'], { by: malignant }),
    malignant,
  ],
  [
    'Flagged as precancerous, by a model that flags nothing else',
    analysis([0.3, 0.2, 0, 0, 0.5], ['akiec'], { by: precancerous }),
    precancerous,
  ],
  ['Precancerous, flagged with the cancers', analysis([0.1, 0.2, 0.05, 0.05, 0.6], ['akiec', 'bkl'])],
  ['Not flagged', analysis(nevus, ['nv'])],
  ['Not flagged, with a cancer that cannot be ruled out', analysis(nevus, ['nv', 'mel'])],
  ['Not flagged and unsure', analysis(nevus, ['nv'], { unsure: true })],
  ['No result', analysis(nevus, ['nv'], { outOfDistribution: unlike })],
  ['No result, flagged all the same', analysis(melanoma, ['nv', 'mel'], { outOfDistribution: unlike })],
  ['A model without a threshold', analysis(nevus, ['nv'], { by: noThreshold }), noThreshold],
  [
    'A model that was tested on few photos of each diagnosis',
    analysis(nevus, ['nv']),
    cardThatFlags(ids.slice(2), false, 8),
  ],
  [
    'A model whose list promises nothing class by class',
    analysis(nevus, ['nv']),
    cardThatFlags(['mel', 'bcc', 'akiec'], true),
  ],
  ['A panel that agrees to flag', analysis(melanoma, ['nv', 'mel'], { panel: panel(0.41, 0.5, 0.58) })],
  ['A panel that disagrees', analysis(melanoma, ['nv', 'mel'], { panel: panel(0.44, 0.21, 0.16) })],
  ['A panel that agrees not to flag', analysis(nevus, ['nv'], { panel: panel(0.03, 0.08, 0.06) })],
  [
    'Judged by a calibration of this site',
    analysis(melanoma, ['nv', 'mel'], {
      siteCalibration: site,
      decision: { positive: ids.slice(2), probability: 0.5, threshold: 0.05, above: true, wanted: null },
    }),
  ],
  [
    'Judged by another version of the model than the one here',
    analysis(melanoma, ['nv', 'mel']),
    { ...card, version: '1.1.0' },
  ],
  ['Judged by other files of the same version', analysis(melanoma, ['nv', 'mel']), otherFiles],
];

function said(language: Language, analysis: Analysis, by = card) {
  const text = verdictText(by, verdictOf(by, analysis), {
    words: languages[language],
    language,
    minDigits: 0,
  });
  return { lead: verdictLead(text), rest: verdictSentences(text), text };
}

const sides = (rows: [string, string][]) => [
  '| English | 한국어 |',
  '|---|---|',
  ...rows.map(([en, ko]) => `| ${en} | ${ko} |`),
  '',
];

function page(): string {
  const kinds = (['benign', 'premalignant', 'malignant'] as const).map((kind): [string, string] => [
    languages.en.kindMeaning[kind],
    languages.ko.kindMeaning[kind],
  ]);
  const seen = new Set<string>();
  const sections = cases.flatMap(([name, analysis, by]) => {
    const [en, ko] = [said('en', analysis, by), said('ko', analysis, by)];
    const rows = en.rest.map((sentence, index): [string, string] => [sentence, ko.rest[index] ?? '']);
    const fresh = rows.filter(([sentence]) => !seen.has(sentence));
    for (const [sentence] of fresh) seen.add(sentence);
    return [
      `## ${name}`,
      '',
      ...sides([
        [`**${en.lead}**`, `**${ko.lead}**`],
        ...fresh,
        [`In a line: ${en.text.cell}`, `한 줄로: ${ko.text.cell}`],
        [`Beside it: ${en.text.brief}`, `그 옆에: ${ko.text.brief}`],
      ]),
    ];
  });
  return [
    '# The words of a verdict, read aloud',
    '',
    'Every sentence that an answer can say, in both languages; a sentence that an earlier case has is not repeated. The test',
    '`src/report/verdict-words.test.ts` makes this page (`npx vitest run src/report/verdict-words.test.ts -u`) and fails where it',
    'no longer says what the app says. All numbers in it are made up.',
    '',
    'Whoever changes a word reads the page once as the patient and once as the dermatologist. Does a sentence comfort where',
    'nothing is ruled out? Can it be taken for a diagnosis? Would anybody say it that way?',
    '',
    '## What the kinds mean',
    '',
    ...sides(kinds),
    ...sections,
  ]
    .join('\n')
    .replaceAll('\u00a0', ' ');
}

test('docs/verdict-words.md says what the app says', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/verdict-words.md');
});

describe.each(cases)('%s', (_, analysis, by) => {
  test('has the same sentences in both languages, none without its values', () => {
    const [en, ko] = [said('en', analysis, by), said('ko', analysis, by)];
    expect(ko.rest).toHaveLength(en.rest.length);
    for (const { lead, rest } of [en, ko])
      expect([lead, ...rest].join(' ')).not.toMatch(/\{\{|undefined|NaN/);
  });
});
