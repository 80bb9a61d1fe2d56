import type { TFunction } from 'i18next';

/** What leads an image's answer, before the class that was most probable; empty of a model without a threshold. */
export const flagLead = (t: TFunction, flagged: boolean | null): string =>
  flagged === null ? '' : `${t(`verdict.headline.${flagged ? 'flagged' : 'not-flagged'}`)}. `;
