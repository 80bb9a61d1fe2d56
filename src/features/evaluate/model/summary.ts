import { hasFailed, type ImageAnswer } from '../../../core/evaluation/answer';
import type { PlannedImage } from '../../../core/evaluation/plan';
import { each, type Steps } from '../../../core/steps';

type Answers = ReadonlyMap<string, ImageAnswer>;

/** Of all answers of a run, what its page says while it shows no figures. */
export interface AnswersSummary {
  /** Images that some model could not answer. */
  failed: number;
  /** The first of them: beyond these, a list helps nobody, and the export has all. */
  failures: readonly ImageAnswer[];
  /** The first image without an answer. */
  next: string | null;
}

export const emptySummary: AnswersSummary = { failed: 0, failures: [], next: null };

const maxListed = 100;

/** As one more image is answered. */
export function withAnswer(
  { failed, failures }: Pick<AnswersSummary, 'failed' | 'failures'>,
  answer: ImageAnswer,
): Pick<AnswersSummary, 'failed' | 'failures'> {
  if (!hasFailed(answer)) return { failed, failures };
  return { failed: failed + 1, failures: failures.length < maxListed ? [...failures, answer] : failures };
}

export function* summing(images: readonly PlannedImage[], answers: Answers): Steps<AnswersSummary> {
  let summary = emptySummary;
  yield* each(images, ({ path }) => {
    const answer = answers.get(path);
    if (answer) summary = hasFailed(answer) ? { ...summary, ...withAnswer(summary, answer) } : summary;
    else if (summary.next === null) summary = { ...summary, next: path };
  });
  return summary;
}

/** Those that no model failed at. */
export function* withoutFailed(answers: Answers): Steps<Map<string, ImageAnswer>> {
  return yield* withKept(new Map(), answers);
}

/** `answers`, and of `kept` what is no failure and has no answer among them. */
export function* withKept(answers: Answers, kept: Answers): Steps<Map<string, ImageAnswer>> {
  const all = new Map<string, ImageAnswer>();
  yield* each(answers, ([path, answer]) => all.set(path, answer));
  yield* each(kept, ([path, answer]) => {
    if (!all.has(path) && !hasFailed(answer)) all.set(path, answer);
  });
  return all;
}
