import type { Diagnosis } from './case-list';

/** What each diagnosis is, as the cards of HAM10000's models have it. */
export const kindOf: Readonly<Record<Diagnosis, 'benign' | 'premalignant' | 'malignant'>> = {
  nv: 'benign',
  mel: 'malignant',
  bkl: 'benign',
  bcc: 'malignant',
  akiec: 'premalignant',
  vasc: 'benign',
  df: 'benign',
};

/** Malignant, or to be treated so that it does not become so: what must not be missed. */
export const isSuspicious = (diagnosis: Diagnosis): boolean => kindOf[diagnosis] !== 'benign';
