import { useTranslation } from 'react-i18next';
import { isSite } from '../../../../core/patient/body-sites';
import type { NameLesion } from '../../model/batch-draft';

/** What a new lesion is called by its place: "Left forearm". */
export function useLesionNames(): NameLesion {
  const { t } = useTranslation();
  return ({ site, side }) => {
    const place = site !== null && isSite(site) ? t(`report.site.${site}`) : t('caseBook.lesion');
    return side === null ? place : t(`caseBook.batch.side.${side}`, { place: place.toLocaleLowerCase() });
  };
}
