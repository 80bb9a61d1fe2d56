import type { TFunction } from 'i18next';
import type { GalleryImage } from '../../../core/evaluation/gallery';

/**
 * What leads an image's answer, before the class that was most probable: that there is no result, and a flag all the same;
 * else flagged or not. Empty of a result by a model without a threshold.
 */
export function flagLead(
  t: TFunction,
  { flagged, refused }: Pick<GalleryImage, 'flagged' | 'refused'>,
): string {
  if (refused) {
    const said = [t('verdict.headline.no-result'), ...(flagged ? [t('verdict.flaggedAllTheSame')] : [])];
    return said.map((part) => `${part}. `).join('');
  }
  return flagged === null ? '' : `${t(`verdict.headline.${flagged ? 'flagged' : 'not-flagged'}`)}. `;
}
