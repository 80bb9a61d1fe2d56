/**
 * Cards of schema 1, as this program and its training wrote them before: read as schema 2. Packages that
 * users keep in their browsers are of that schema. What schema 1 said in one number for all classes is said
 * of each class; what it never said is null.
 */

type Json = Record<string, unknown>;

/**
 * The JSON of a card as schema 2 has it: that of schema 1 translated, anything else as it is. The schema
 * finds what is wrong with it.
 */
export function upgradedCard(json: unknown): unknown {
  if (!isObject(json) || json.schema !== 1) return json;
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

function withKind({ malignant, ...cardClass }: Json): Json {
  return typeof malignant === 'boolean'
    ? { ...cardClass, kind: malignant ? 'malignant' : 'benign' }
    : cardClass;
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
