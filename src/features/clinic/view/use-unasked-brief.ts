import { useTranslation } from 'react-i18next';

/** How many lesions of a photo a model has no answer for, in a few words for a row or a cell; null where it has all. */
export function useUnaskedBrief(): (count: number) => string | null {
  const { t } = useTranslation();
  return (count) =>
    count === 0 ? null : t(`unaskedLesions.brief.${count === 1 ? 'one' : 'several'}`, { count });
}
