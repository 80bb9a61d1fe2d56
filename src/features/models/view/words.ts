import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../ui/context';

/** Words that cards use as ids. One that is not known here stays as the card has it. */
const groups = ['lesion_id', 'patient_id', 'group_id'] as const;
const kinds = ['dermoscopy', 'phone', 'acne', 'histology', 'synthetic', 'noise'] as const;

export function useWords() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return {
    /**
     * What photos were kept together by when they were split; of several data sets "lesion_id and
     * patient_id".
     */
    group: (ids: string) => {
      const names = ids.split(' and ').map((id) => {
        const known = groups.find((group) => group === id);
        return known ? t(`models.group.${known}`) : id;
      });
      return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
    },
    /** A kind of picture that is out of distribution for the model. */
    kind: (id: string) => {
      const known = kinds.find((kind) => kind === id);
      return known ? t(`models.kind.${known}`) : id;
    },
  };
}
