import { z } from 'zod';
import { failure, type Result, success } from '../failure';

/** card.json of a model package: docs/model-package.md says what every field means. Fields unknown here are left out. */

const text = z.object({ en: z.string().min(1), ko: z.string().min(1) });
const share = z.number().min(0).max(1);
const count = z.number().int().nonnegative();
const size = z.number().int().positive();
/** Also a folder's name, so nothing that could lead out of a folder. */
const id = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower-case letters, digits, - and _');
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal');
const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
const estimates = z.record(z.string(), estimate);

const classSchema = z.object({ id, name: text, malignant: z.boolean(), description: text });

const metadataField = z.discriminatedUnion('kind', [
  z.object({
    id,
    name: text,
    kind: z.literal('bins'),
    offset: count,
    size,
    edges: z.array(z.number()).min(1),
  }),
  z.object({
    id,
    name: text,
    kind: z.literal('choice'),
    offset: count,
    size,
    choices: z.array(z.object({ id, name: text, values: z.array(z.string()) })).min(1),
  }),
]);

const results = z.object({
  split: z.string(),
  count,
  group: z.string(),
  /** How many lesions, patients or source photos. */
  groups: count.optional(),
  metrics: estimates,
  perClass: z
    .array(
      z.object({
        class: z.string(),
        support: count,
        precision: share.nullish(),
        recall: share.nullish(),
        f1: share.nullish(),
        auc: share.nullish(),
        averagePrecision: share.nullish(),
      }),
    )
    .default([]),
  confusion: z.object({ labels: z.array(z.string()), matrix: z.array(z.array(count)) }).nullish(),
  roc: z.record(z.string(), z.array(z.tuple([share, share]))).default({}),
  reliability: z
    .array(z.object({ low: share, high: share, confidence: share, accuracy: share, count }))
    .default([]),
  subgroups: z
    .array(z.object({ field: z.string(), value: z.string(), count, metrics: estimates }))
    .default([]),
  paper: z
    .object({
      protocol: text,
      metrics: z.record(z.string(), z.object({ paper: z.number(), ours: z.number() })),
    })
    .nullish(),
});

const shape = z.object({
  schema: z.literal(1),
  id,
  version: z.string().min(1),
  system: z.string().min(1),
  task: z.enum(['classification', 'segmentation', 'fusion']),
  domain: z.enum(['dermoscopy', 'phone', 'acne', 'histopathology']),
  title: text,
  summary: text,
  limits: z.array(text),
  architecture: z.object({ name: z.string(), parameters: size }),
  input: z.object({
    name: z.string().min(1),
    height: size,
    width: size,
    channels: z.literal(3),
    fit: z.enum(['centre-square', 'letterbox']),
    mean: z.tuple([z.number(), z.number(), z.number()]),
    std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
  }),
  outputs: z.object({
    logits: z.string().optional(),
    cam: z.string().optional(),
    ood: z.string().optional(),
    attention_meta: z.string().optional(),
    attention_mask: z.string().optional(),
    tokens: z.string().optional(),
    mask_vector: z.string().optional(),
    lesion: z.string().optional(),
  }),
  classes: z.array(classSchema),
  merge: z
    .array(z.object({ id, name: text, classes: z.array(id).min(1) }))
    .min(1)
    .nullish(),
  metadata: z.object({ width: size, fields: z.array(metadataField).min(1) }).nullish(),
  calibration: z
    .object({
      temperature: z.number().positive(),
      ece: share,
      eceUncalibrated: share,
      conformal: z.object({ coverage: share, quantile: share, method: z.literal('lac') }),
    })
    .nullish(),
  decision: z
    .object({
      positive: z.array(id).min(1),
      threshold: share,
      sensitivity: share,
      specificity: share,
      rule: z.string(),
      curve: z.array(z.object({ threshold: share, sensitivity: share, specificity: share })),
    })
    .nullish(),
  ood: z
    .object({
      /** Over it a photo is called unusual: `acceptance` of the validation side do not exceed it. */
      threshold: z.number(),
      acceptance: share,
      auroc: z.record(z.string(), share),
      /** Over it there is no result; left out where that would refuse too many real images. */
      refusal: z.object({ threshold: z.number(), acceptance: share }).optional(),
    })
    .nullish(),
  results,
  data: z.object({
    name: z.string(),
    licence: z.string(),
    citation: z.string(),
    split: z.string(),
    splitHash: z.string(),
    counts: z.record(z.string(), count),
  }),
  licence: z.string().min(1),
  recipe: z.object({
    name: z.string(),
    commit: z.string(),
    seed: z.number().int(),
    parents: z.array(z.string()),
  }),
  files: z
    .array(
      z.object({
        path: z.string().regex(/^[\w.-]+$/, 'must be a plain file name'),
        bytes: size,
        sha256: hash,
      }),
    )
    .min(2),
  golden: z.object({
    formula: z.literal('integer-ramp'),
    logits: z.array(z.number()).min(1),
    tolerance: z.number().positive(),
  }),
});

export const cardSchema = shape.check(({ value: card, issues }) => {
  for (const [path, message] of contradictions(card))
    issues.push({ code: 'custom', input: card, path, message });
});

export type Card = z.infer<typeof cardSchema>;
export type CardClass = z.infer<typeof classSchema>;
export type Text = z.infer<typeof text>;

export const indexSchema = z.object({ packages: z.array(id) });

/** Checks a parsed card.json; the failure names the first field that is wrong. */
export function parseCard(packageId: string, json: unknown): Result<Card> {
  const parsed = cardSchema.safeParse(json);
  if (!parsed.success)
    return failure('package-invalid', { package: packageId, problem: problem(parsed.error) });
  if (parsed.data.id !== packageId) {
    return failure('package-invalid', { package: packageId, problem: `id: is "${parsed.data.id}"` });
  }
  return success(parsed.data);
}

/** Checks a parsed index.json and gives the package ids in the order of display. */
export function parseIndex(json: unknown): Result<string[]> {
  const parsed = indexSchema.safeParse(json);
  if (parsed.success) return success(parsed.data.packages);
  return failure('package-invalid', { package: 'index.json', problem: problem(parsed.error) });
}

function problem(error: z.ZodError): string {
  const [first] = error.issues;
  return first ? `${first.path.join('.') || 'whole'}: ${first.message}` : error.message;
}

/** What each field alone cannot show: parts of the card that do not belong together. */
function* contradictions(card: z.infer<typeof shape>): Generator<[path: string[], message: string]> {
  const classes = new Set(card.classes.map((cardClass) => cardClass.id));
  if (card.input.height !== card.input.width) yield [['input'], 'height and width must be equal'];
  if (card.task === 'segmentation') {
    if (!card.outputs.lesion) yield [['outputs', 'lesion'], 'a segmentation needs it'];
    if (card.golden.logits.length !== 3) yield [['golden', 'logits'], 'must be mean, minimum and maximum'];
  } else {
    if (!card.outputs.logits) yield [['outputs', 'logits'], `a ${card.task} needs it`];
    if (classes.size < 2) yield [['classes'], `a ${card.task} needs two or more`];
    if (!card.calibration) yield [['calibration'], `a ${card.task} needs it`];
    if (card.golden.logits.length !== classes.size) yield [['golden', 'logits'], 'must be one a class'];
  }
  if (classes.size !== card.classes.length) yield [['classes'], 'an id stands there twice'];
  if (card.ood && !card.outputs.ood) yield [['ood'], 'there is no output "ood"'];
  for (const classId of card.decision?.positive ?? []) {
    if (!classes.has(classId)) yield [['decision', 'positive'], `"${classId}" is no class`];
  }
  for (const classId of card.merge?.flatMap((group) => group.classes) ?? []) {
    if (!classes.has(classId)) yield [['merge'], `"${classId}" is no class`];
  }
  for (const { offset, size: width } of card.metadata?.fields ?? []) {
    if (offset + width > (card.metadata?.width ?? 0))
      yield [['metadata', 'fields'], 'a field ends beyond the width'];
  }
  if (!card.files.some(({ path }) => path === 'model.json')) yield [['files'], 'model.json is missing'];
}
