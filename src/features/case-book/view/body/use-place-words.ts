import { useTranslation } from 'react-i18next';
import { type BodyArea, type BodySide, type FigureId, seenTwice } from '../../../../core/patient/body-areas';
import { isSite } from '../../../../core/patient/body-sites';

interface Placed {
  site: string | null;
  side: BodySide | null;
  spot: { figure: FigureId; area: BodyArea | null } | null;
}

/** Of an arm and of fingers it matters from where they are seen; a chest can only be seen from one side. */
function seenFrom(site: string | null, { figure, area }: NonNullable<Placed['spot']>) {
  if (figure === 'head') return null;
  if (figure === 'front' || figure === 'back')
    return seenTwice.some((place) => place === site) ? figure : null;
  return area === 'fingers' || area === 'toes' ? figure : null;
}

/** A place in words: "Upper back, left" or "Forearm, right, seen from behind"; null where nothing is known. */
export function usePlaceWords(): (place: Placed) => string | null {
  const { t } = useTranslation();
  return ({ site, side, spot }) => {
    const named = site !== null && isSite(site) ? t(`report.site.${site}`) : site;
    const place = spot?.area ? t(`patientPage.place.area.${spot.area}`) : named;
    if (place === null) return null;
    const words =
      side === null
        ? place
        : t('patientPage.place.withSide', { place, side: t(`patientPage.place.inSide.${side}`) });
    const seen = spot && seenFrom(site, spot);
    return seen ? t(`patientPage.place.seen.${seen}`, { place: words }) : words;
  };
}
