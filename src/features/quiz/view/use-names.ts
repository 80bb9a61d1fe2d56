import { useTranslation } from 'react-i18next';
import type { Diagnosis } from '../../../core/teaching/case-list';
import type { Choice } from '../model/score';
import type { TeachingSet } from '../model/teaching-set';

/** What diagnoses, answers and sets are called in the language now shown. */
export function useNames() {
  const { t } = useTranslation();
  return {
    diagnosis: (diagnosis: Diagnosis) => t(`quiz.class.${diagnosis}.name`),
    choice: (choice: Choice) =>
      choice === 'benign' || choice === 'malignant'
        ? t(`quiz.question.${choice}`)
        : t(`quiz.class.${choice}.name`),
    set: ({ title }: Pick<TeachingSet, 'title'>) => title || t('quiz.sets.untitled'),
  };
}
