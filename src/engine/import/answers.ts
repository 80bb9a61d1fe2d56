import { z } from 'zod';
import { diagnosisOf, sameDiagnosis } from '../../core/card/diagnoses';
import { kinds } from '../../core/card/kinds';
import { type Range, rangeNames } from './ranges';
import type { ForeignModel } from './read-model';

/** What a file of a model cannot say and its user has to: the answers of the wizard, and of `npm run package`. */

const three = z.tuple([z.number(), z.number(), z.number()]);
const words = z.union([
  z.string().trim().min(1),
  z.object({ en: z.string().trim().min(1), ko: z.string().trim().min(1).optional() }),
]);

export const answersSchema = z.object({
  /** Also the folder's name. */
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower-case letters, digits, - and _'),
  version: z.string().min(1).default('1.0.0'),
  title: words,
  domain: z.enum(['dermoscopy', 'phone', 'acne', 'histopathology']),
  input: z.object({
    range: z.union([z.enum(rangeNames), z.object({ mean: three, std: three })]),
    order: z.enum(['rgb', 'bgr']).default('rgb'),
    fit: z.enum(['centre-square', 'letterbox']).default('centre-square'),
    /** Height and width, for a model that takes any. */
    size: z.number().int().positive().optional(),
  }),
  /** What numbers without a softmax are. */
  plain: z.enum(['logits', 'probabilities']).default('logits'),
  /** In the order of the model's answer. */
  classes: z.array(z.object({ name: words, kind: z.enum(kinds) })).min(2),
  /** Of the weights. */
  licence: z.string().trim().min(1).default('not stated'),
  /** Whether its licence, or that of what it learned from, forbids commercial use; null: not known. */
  nonCommercial: z.boolean().nullable().default(null),
  /** Where the model is from, and what it learned from. */
  source: z.string().trim().min(1).default('not stated'),
});

export type Answers = z.infer<typeof answersSchema>;
export type AnswersInput = z.input<typeof answersSchema>;

/** Throws with the path of the first answer that is not in order. */
export function parseAnswers(json: unknown): Answers {
  const parsed = answersSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${issue?.path.join('.') || 'answers'}: ${issue?.message}`);
}

type Kind = (typeof kinds)[number];

/** What may be assumed of a model until its user says otherwise; `null` where nothing may. */
export interface Guesses {
  range: Range;
  /** The model's own file says so: it is no guess. */
  rangeIsKnown: boolean;
  classes: { name: string; kind: Kind | null }[];
}

export function guessesFor(
  model: Pick<ForeignModel, 'format' | 'teachableMachine' | 'producer' | 'labels' | 'answer'>,
): Guesses {
  const { labels, answer } = model;
  const names = labels ?? Array.from({ length: answer.classes }, () => '');
  return {
    range: rangeOf(model),
    rangeIsKnown: model.teachableMachine,
    classes: names.map((name) => ({ name, kind: kindOf(name) })),
  };
}

function rangeOf({ format, producer }: Pick<ForeignModel, 'format' | 'producer'>): Range {
  if (format === 'onnx') return /tf2onnx|keras/i.test(producer) ? 'symmetric' : 'imagenet';
  return format === 'tfjs-graph' ? 'unit' : 'symmetric';
}

/** By the table of diagnoses; null for a name that is not in it. */
function kindOf(name: string): Kind | null {
  const diagnosis = diagnosisOf(name);
  if (!diagnosis) return null;
  if (sameDiagnosis(name, 'akiec')) return 'premalignant';
  return diagnosis.malignant ? 'malignant' : 'benign';
}
