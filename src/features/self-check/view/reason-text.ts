import type { TFunction } from 'i18next';
import { formatAlternatives } from '../../../ui/format';
import { type Reason, reasonWords, type SelfCheckAnswers, unknownOf } from '../model/outcome';

/** A reason in a sentence. What could not be said is named one by one: nothing of it was said by the person. */
export function reasonText(
  reason: Reason,
  answers: SelfCheckAnswers,
  { t, language }: { t: TFunction; language: string },
): string {
  const unknown = unknownOf(answers).map((what) => t(`selfCheck.unknownOf.${what}`));
  return t(`selfCheck.reason.${reasonWords(reason, answers)}`, {
    unknown: formatAlternatives(unknown, language),
  });
}
