import acneEn from './acne.en.json' with { type: 'json' };
import acneKo from './acne.ko.json' with { type: 'json' };
import { lateSiteMark } from './late-site-mark';

/** Texts of the self-check that the first paint does not wait for. */
export const lateSelfCheck = {
  en: { ...acneEn, ...lateSiteMark.en },
  ko: { ...acneKo, ...lateSiteMark.ko },
};
