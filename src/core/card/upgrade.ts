/**
 * Cards of schemas 1 and 2, as this program and its training wrote them before: read as schema 3. Packages
 * that users keep in their browsers are of those schemas. What schema 1 said in one number for all classes is
 * said of each class; what schema 2 said in words that code had to know is a field, and these words are known
 * here alone; what neither said is null.
 */

import { sameDiagnosis } from './diagnoses';

type Json = Record<string, unknown>;

/**
 * The JSON of a card as schema 3 has it: that of schemas 1 and 2 translated, anything else as it is. The
 * schema finds what is wrong with it.
 */
export function upgradedCard(json: unknown): unknown {
  if (!isObject(json)) return json;
  const second = json.schema === 1 ? fromFirst(json) : json;
  return second.schema === 2 ? fromSecond(second) : second;
}

function fromSecond(json: Json): Json {
  const licences = [json.licence, isObject(json.data) && json.data.licence].join(' ').replaceAll('_', ' ');
  return {
    ...json,
    schema: 3,
    nonCommercial: /\bNC\b/i.test(licences) || null,
    calibration: within(json.calibration, withFittedOn),
    decision: within(json.decision, withFittedOn),
    results: within(json.results, (results) => ({ ...results, origin: originOf(results) })),
  };
}

/** What schema 2 called the photos that it was fitted on. */
const fittedOnWords: Record<string, 'validation' | 'test'> = {
  validation: 'validation',
  'half of the photos that were brought along': 'validation',
  'test folds, out of fold': 'test',
  'test (there is no validation split)': 'test',
};

const withFittedOn = (part: Json): Json => ({
  ...part,
  fittedOn: fittedOnWords[String(part.fittedOn)] ?? null,
});

function originOf({ split, metrics }: Json) {
  if (split === 'own photos') return 'own-photos';
  return isObject(metrics) && Object.keys(metrics).length > 0 ? 'published' : null;
}

function fromFirst(json: Json): Json {
  return {
    ...json,
    schema: 2,
    classes: each(json.classes, withKind),
    calibration: within(json.calibration, (calibration) => ({
      ...calibration,
      conformal: within(calibration.conformal, (conformal) => conformalOf(conformal, json.classes)),
    })),
    decision: within(json.decision, ({ rule, ...decision }) => ({
      ...decision,
      targetSensitivity: targetIn(rule),
    })),
    golden: within(json.golden, (golden) => (json.task === 'segmentation' ? lesionGolden(golden) : golden)),
  };
}

/** Schema 1 had two kinds, and called actinic keratosis malignant, which is a precursor. */
function withKind({ malignant, ...cardClass }: Json): Json {
  if (typeof malignant !== 'boolean') return cardClass;
  const precursor = malignant && sameDiagnosis(String(cardClass.id), 'akiec');
  return { ...cardClass, kind: precursor ? 'premalignant' : malignant ? 'malignant' : 'benign' };
}

/** Schema 1 had one quantile, fitted over all classes together. */
function conformalOf({ coverage, quantile, test }: Json, classes: unknown): Json {
  return {
    method: 'marginal',
    coverage,
    classes: each(classes, ({ id }) => ({ class: id, quantile, count: null, pooledWith: [] })),
    ...(isObject(test) && { test: { perClass: [], ...test } }),
  };
}

/** Schema 1 had the target in the words that `lentigo export` wrote; a rule in other words names none. */
function targetIn(rule: unknown): number | null {
  const [, target] = /^sensitivity (0\.\d+) on validation$/.exec(String(rule)) ?? [];
  return target === undefined ? null : Number(target);
}

function lesionGolden({ logits, ...golden }: Json): Json {
  if (!Array.isArray(logits) || logits.length !== 3) return golden;
  const [mean, minimum, maximum] = logits;
  return { ...golden, lesion: { mean, minimum, maximum } };
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const within = (value: unknown, change: (inside: Json) => Json): unknown =>
  isObject(value) ? change(value) : value;

const each = (value: unknown, change: (item: Json) => Json): unknown =>
  Array.isArray(value) ? value.map((item) => within(item, change)) : value;
