import { z } from 'zod';
import { conformalSchema } from '../../../core/card/card-schema';
import { sizeOfShard } from '../../../core/evaluation/shard';
import { failureCodes } from '../../../core/failure';
import type { Disclaimer } from '../../../report/words';
import type { AnsweredRun, EvaluationRun } from './run';

/**
 * A part of an evaluation as a file, to be joined in another browser. Unlike the results to share it names
 * photos and holds what the table says of them.
 */

const count = z.number().int().nonnegative();
const text = z.string();
const share = z.number().min(0).max(1);
const failed = z.object({
  code: z.enum(failureCodes),
  detail: z.record(text, z.union([text, z.number()])),
});
const answer = z.object({
  path: text,
  answers: z.record(
    text,
    z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        probabilities: z.array(share),
        milliseconds: z.number(),
        refused: z.array(text).optional(),
      }),
      z.object({ ok: z.literal(false), failure: failed }),
    ]),
  ),
  overlap: z.object({ both: count, answered: count, true: count }).nullable(),
  maskFailure: failed.nullable(),
  typologyAngle: z.number().nullable().optional(),
});
const run = z.object({
  schema: z.literal(1),
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  name: text,
  models: z.array(
    z.object({
      packageId: text,
      classes: z.array(text),
      decision: z.object({ positive: z.array(text), threshold: share }).nullable(),
      conformal: conformalSchema.nullish(),
      labels: z.record(text, text.nullable()),
    }),
  ),
  provenance: z.record(
    text,
    z.object({
      appVersion: text,
      packageId: text,
      packageVersion: text,
      packageHash: text,
      backend: z.enum(['webgpu', 'wasm']),
      adapter: text,
      preprocessing: z.literal(1),
    }),
  ),
  images: z.array(
    z.object({
      path: text.min(1),
      size: count,
      label: text,
      columns: z.record(text, text),
      group: text,
      mask: text.nullable(),
    }),
  ),
  outlines: z.boolean(),
  skinTone: z.literal(true).optional(),
  segmenterId: text.nullish(),
  state: z.enum(['paused', 'done', 'cancelled']),
  done: count,
  part: z.object({
    shard: z.object({ index: z.number().int().min(1), count: z.number().int().min(2) }),
    total: count,
    fingerprint: text.regex(/^[0-9a-f]{64}$/),
  }),
});
const partFile = z
  .object({
    format: z.literal('lentigo-evaluation-run-part'),
    schema: z.literal(1),
    run,
    answers: z.array(answer),
  })
  .superRefine(({ run: { images, models, part }, answers }, context) => {
    const wrong = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (part.shard.index > part.shard.count || images.length !== sizeOfShard(part.total, part.shard))
      wrong(['run', 'images'], 'are not as many as the part has');
    const paths = new Set(images.map(({ path }) => path));
    const classes = new Map(models.map((model) => [model.packageId, model.classes.length]));
    for (const [at, { path, answers: byModel }] of answers.entries()) {
      if (!paths.has(path)) wrong(['answers', at, 'path'], 'is no image of the part');
      for (const [id, said] of Object.entries(byModel))
        if (said.ok && said.probabilities.length !== classes.get(id))
          wrong(['answers', at, 'answers', id], 'has not a probability for each class');
    }
  });

export function partText({ run: kept, answers }: AnsweredRun, disclaimer: Disclaimer): string {
  const whole = {
    format: 'lentigo-evaluation-run-part',
    schema: 1,
    disclaimer,
    run: kept,
    answers: [...answers.values()],
  };
  return `${JSON.stringify(whole)}\n`;
}

/** Reads what `partText` wrote. `problem`: the first field that is wrong. */
export function parsePart(content: string): { ok: true; part: AnsweredRun } | { ok: false; problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return { ok: false, problem: 'not JSON' };
  }
  const parsed = partFile.safeParse(json);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    return { ok: false, problem: `${first?.path.join('.') || 'whole'}: ${first?.message}` };
  }
  const answers = new Map(parsed.data.answers.map((each) => [each.path, each]));
  // Another browser may be at the end of it, or not: what counts is what was answered.
  const state = answers.size === parsed.data.run.images.length ? 'done' : 'paused';
  const read = { ...parsed.data.run, state, done: answers.size } as EvaluationRun;
  return { ok: true, part: { run: read, answers: answers as AnsweredRun['answers'] } };
}
