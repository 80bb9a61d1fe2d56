import importModelEn from './import-model.en.json' with { type: 'json' };
import importModelKo from './import-model.ko.json' with { type: 'json' };
import intendedUseEn from './intended-use.en.json' with { type: 'json' };
import intendedUseKo from './intended-use.ko.json' with { type: 'json' };

/** Texts of pages that few open, in every language: the first paint does not wait for them. */
export const late = {
  en: { ...intendedUseEn, ...importModelEn },
  ko: { ...intendedUseKo, ...importModelKo },
};
