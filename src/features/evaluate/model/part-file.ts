import { z } from 'zod';
import { sizeOfShard } from '../../../core/evaluation/shard';
import type { Steps } from '../../../core/steps';
import type { Disclaimer } from '../../../report/words';
import { jsonPieces } from './json-pieces';
import type { AnsweredRun, EvaluationRun } from './run';
import { imageAnswerSchema, runPartSchema, runSchema } from './run-schema';

/**
 * A part of an evaluation as a file, to be joined in another browser. Unlike the results to share it names
 * photos and holds what the table says of them.
 */

const partRun = runSchema.extend({ id: z.uuid(), part: runPartSchema });
const partFile = z
  .object({
    format: z.literal('lentigo-evaluation-run-part'),
    schema: z.literal(1),
    run: partRun,
    answers: z.array(imageAnswerSchema),
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

/** In pieces, made in steps. */
export function* partText({ run: kept, answers }: AnsweredRun, disclaimer: Disclaimer): Steps<string[]> {
  const whole = {
    format: 'lentigo-evaluation-run-part',
    schema: 1,
    disclaimer,
    run: kept,
    answers: [...answers.values()],
  };
  return [...(yield* jsonPieces(whole)), '\n'];
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
