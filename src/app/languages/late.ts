import intendedUseEn from './intended-use.en.json' with { type: 'json' };
import intendedUseKo from './intended-use.ko.json' with { type: 'json' };

/** Texts of the intended use: the first paint does not wait for them. */
export const late = { en: intendedUseEn, ko: intendedUseKo };
