import { z } from 'zod';
import type { Provenance } from '../analysis';
import type { Card } from '../card/card';
import { estimate, id } from '../card/card-values';
import { kinds } from '../card/kinds';
import { failure, type Result, success } from '../failure';
import { isSite } from '../patient/body-sites';
import type { ModelMeasured } from './measured';

/**
 * The results of an evaluation as a small file that somebody else can open beside their own: figures, curves
 * and counts of each model, and nothing that names a photo, a folder or a person. docs/evaluation.md says
 * what the fields mean.
 */

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);
const text = z.object({ en: z.string().min(1), ko: z.string().min(1) });
const figures = z.record(z.string(), estimate.nullable());
const curve = z.object({
  points: z.array(z.tuple([z.number(), z.number()])),
  band: z.array(z.tuple([z.number(), z.number(), z.number()])),
});
/** A mean of shares, which rounding may carry past 1 by a hair. */
const mean = z.number().min(0).max(1.000001);
const bins = z.array(z.object({ low: share, high: share, confidence: mean, accuracy: mean, count }));
const rate = z.object({ count, right: count, rate: estimate.nullable() });

const model = z.object({
  packageId: z.string().min(1),
  packageVersion: z.string(),
  packageHash: z.string().regex(/^([0-9a-f]{64})?$/),
  title: text,
  backend: z.string(),
  adapter: z.string(),
  /** Images with an answer and a class of this model, and the lesions, patients or images among them. */
  count,
  groups: count,
  /** Images whose label means no class of this model, and images without an answer. */
  leftOut: count,
  failed: count,
  /** Of the intervals. */
  resamples: count,
  seed: z.number().int(),
  classes: z.array(z.object({ id, name: text, kind: z.enum(kinds) })).min(1),
  metrics: figures,
  perClass: z.array(z.object({ id, support: count, figures })),
  decision: z.object({ positive: z.array(id), threshold: share, figures }).nullable(),
  sets: z
    .object({
      coverage: estimate.nullable(),
      size: estimate.nullable(),
      perClass: figures,
    })
    .nullable(),
  confusion: z.object({ labels: z.array(id), matrix: z.array(z.array(count)) }),
  /** Of the most probable class, then of each class by itself. */
  reliability: bins,
  classReliability: z.array(z.object({ id, error: mean, bins })),
  curves: z.array(
    z.object({
      positive: z.array(id).min(1),
      positives: count,
      negatives: count,
      roc: curve,
      precisionRecall: curve,
      netBenefit: curve,
    }),
  ),
  /** Under the least count a rate or a row of figures is null. */
  subgroups: z.array(z.object({ field: z.string(), value: z.string(), count, metrics: figures.nullable() })),
  atThreshold: z.array(
    z.object({ field: z.string(), value: z.string(), sensitivity: rate, specificity: rate }),
  ),
});

const results = z.object({
  format: z.literal('lentigo-evaluation-results'),
  schema: z.literal(1),
  disclaimer: text,
  /** Whose they are or what they are of, in the words of who saved them. */
  name: z.string().max(80),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  models: z.array(model).min(1),
});

export type ResultsFile = z.output<typeof results>;
/** A model's results without its photos: what is drawn of own models and of opened files alike. */
export type SharedModel = z.output<typeof model>;

/** What is taken of the package that was measured. `card`: null where the package is no longer there. */
export interface MeasuredPackage {
  card: Pick<Card, 'title' | 'classes'> | null;
  provenance: Pick<Provenance, 'packageVersion' | 'packageHash' | 'backend' | 'adapter'> | null;
}

/** A measured model as it may be handed on; null where it has no figures. */
export function sharedModel(
  {
    packageId,
    figures: found,
    curves,
    classReliability,
    subgroups,
    atThreshold,
    leftOut,
    failed,
  }: Pick<
    ModelMeasured,
    | 'packageId'
    | 'figures'
    | 'curves'
    | 'classReliability'
    | 'subgroups'
    | 'atThreshold'
    | 'leftOut'
    | 'failed'
  >,
  { card, provenance }: MeasuredPackage,
): SharedModel | null {
  if (!found) return null;
  return {
    packageId,
    packageVersion: provenance?.packageVersion ?? '',
    packageHash: provenance?.packageHash ?? '',
    title: card?.title ?? { en: packageId, ko: packageId },
    backend: provenance?.backend ?? '',
    adapter: provenance?.adapter ?? '',
    count: found.count,
    groups: found.groups,
    leftOut,
    failed,
    resamples: found.resamples,
    seed: found.seed,
    classes: found.confusion.labels.map((id) => {
      const known = card?.classes.find((cardClass) => cardClass.id === id);
      return { id, name: known?.name ?? { en: id, ko: id }, kind: known?.kind ?? 'benign' };
    }),
    metrics: found.metrics,
    perClass: found.perClass,
    decision: found.decision,
    sets: found.sets,
    confusion: found.confusion,
    reliability: found.reliability,
    classReliability,
    curves,
    // A site is named by the table, and its words are the clinic's own: only known ones leave.
    subgroups: subgroups.filter(isPlain),
    atThreshold: atThreshold.filter(isPlain),
  };
}

/**
 * Whether a part's name is one of a fixed list (age bands, sex, measured skin tone, known sites): what else a
 * table says could name a person.
 */
function isPlain({ field, value }: { field: string; value: string }): boolean {
  if (field === 'sex') return ['female', 'male', 'unknown'].includes(value);
  if (field === 'site') return value === 'unknown' || isSite(value);
  return true;
}

export function resultsText(about: Omit<ResultsFile, 'format' | 'schema'>): string {
  const file: ResultsFile = { format: 'lentigo-evaluation-results', schema: 1, ...about };
  return `${JSON.stringify(results.parse(file))}\n`;
}

/** Reads what `resultsText` wrote. Fails with "results-invalid", naming the first field that is wrong. */
export function parseResults(content: string): Result<ResultsFile> {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return failure('results-invalid', { problem: 'not JSON' });
  }
  const parsed = results.safeParse(json);
  if (parsed.success) return success(parsed.data);
  const [first] = parsed.error.issues;
  return failure('results-invalid', {
    problem: `${first?.path.join('.') || 'whole'}: ${first?.message}`,
  });
}
