import { z } from 'zod';
import { diagnosisOf, sameDiagnosis } from '../../core/card/diagnoses';
import { kinds } from '../../core/card/kinds';
import type { ForeignModel } from './read-model';

/** What a file of a model cannot say and its user has to: the answers of the wizard, and of `npm run package`. */

/** How the numbers of a picture go in; each is (rgb / 255 - mean) / std with a mean and a std of its own. */
export const ranges = {
  /** 0 to 1. */
  unit: { mean: [0, 0, 0], std: [1, 1, 1] },
  /** -1 to 1: Keras' MobileNet, Teachable Machine. */
  symmetric: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  /** Mean and standard deviation of ImageNet: torchvision, timm. */
  imagenet: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  /** 0 to 255: Keras' EfficientNet, and models that scale by themselves. */
  bytes: { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] },
  /** Less the mean of ImageNet, in bytes: Keras' ResNet and VGG, with blue first. */
  caffe: {
    mean: [123.68 / 255, 116.779 / 255, 103.939 / 255],
    std: [1 / 255, 1 / 255, 1 / 255],
  },
} as const;
export type Range = keyof typeof ranges;
export const rangeNames = Object.keys(ranges) as [Range, ...Range[]];

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
  /** Where the model is from, and what it learned from. */
  source: z.string().trim().min(1).default('not stated'),
});

export type Answers = z.infer<typeof answersSchema>;
export type AnswersInput = z.input<typeof answersSchema>;
export type Words = z.infer<typeof words>;

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
