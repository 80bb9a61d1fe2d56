import evaluateEn from './evaluate.en.json' with { type: 'json' };
import evaluateKo from './evaluate.ko.json' with { type: 'json' };
import intendedUseEn from './intended-use.en.json' with { type: 'json' };
import intendedUseKo from './intended-use.ko.json' with { type: 'json' };

/** Texts of pages that few open, in every language: the first paint does not wait for them. */
export const late = {
  en: { ...evaluateEn, ...intendedUseEn },
  ko: { ...evaluateKo, ...intendedUseKo },
};
