import type { Kind } from '../../../core/card/card';
import type { AnswersInput } from '../../../engine/import/answers';
import type { FoundModel } from '../../../engine/import/importer';
import type { Range } from '../../../engine/import/ranges';

/** The answers of the wizard while they are given. */
export interface AnswersDraft {
  title: string;
  id: string;
  /** Null until somebody says it: no file does, and a wrong one lets the model answer for other photos. */
  domain: AnswersInput['domain'] | null;
  range: Range;
  order: 'rgb' | 'bgr';
  fit: 'centre-square' | 'letterbox';
  plain: 'logits' | 'probabilities';
  classes: ClassDraft[];
  licence: string;
  /** Null until somebody says it. */
  nonCommercial: boolean | null;
  source: string;
}

export interface ClassDraft {
  name: string;
  korean: string;
  /** Null until somebody says it. */
  kind: Kind | null;
}

export const missingAnswers = [
  'missingTitle',
  'missingId',
  'missingDomain',
  'missingNames',
  'missingKinds',
] as const;
export type MissingAnswer = (typeof missingAnswers)[number];

/** What is known of a model, and what may be guessed. `fileName`: of what was dropped. */
export function draftFor(found: FoundModel, fileName: string): AnswersDraft {
  const title = fileName.replace(/\.(zip|onnx|json)$/i, '') || 'My model';
  return {
    title,
    id: idOf(title),
    domain: null,
    range: found.guesses.range,
    order: 'rgb',
    fit: 'centre-square',
    plain: 'logits',
    classes: found.guesses.classes.map(({ name, kind }) => ({ name, korean: '', kind })),
    licence: '',
    nonCommercial: null,
    source: '',
  };
}

export const idOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);

const isId = (id: string) => /^[a-z0-9][a-z0-9_-]*$/.test(id);

/** What has to be said before the model can be added, in the order of the questions. */
export function missingIn({ title, id, domain, classes }: AnswersDraft): MissingAnswer[] {
  const missing: Record<MissingAnswer, boolean> = {
    missingTitle: title.trim() === '',
    missingId: !isId(id),
    missingDomain: domain === null,
    missingNames: classes.some(({ name }) => name.trim() === ''),
    missingKinds: classes.some(({ kind }) => kind === null),
  };
  return missingAnswers.filter((name) => missing[name]);
}

/**
 * Of a draft that lacks nothing. The importer checks them all the same. A trial may come before the domain
 * and the kinds are said: it hangs on neither.
 */
export function answersOf(draft: AnswersDraft): AnswersInput {
  return {
    id: draft.id,
    title: draft.title,
    domain: draft.domain ?? 'dermoscopy',
    input: { range: draft.range, order: draft.order, fit: draft.fit },
    plain: draft.plain,
    classes: draft.classes.map(({ name, korean, kind }) => ({
      name: korean.trim() === '' ? name : { en: name, ko: korean },
      kind: kind ?? 'benign',
    })),
    ...(draft.licence.trim() && { licence: draft.licence }),
    nonCommercial: draft.nonCommercial,
    ...(draft.source.trim() && { source: draft.source }),
  };
}

/** What a trial, and all that was measured in it, hangs on: if it changes, both are void. */
export const networkPart = ({ range, order, fit, plain }: AnswersDraft): string =>
  JSON.stringify([range, order, fit, plain]);
