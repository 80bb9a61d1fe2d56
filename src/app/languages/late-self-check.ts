import acneEn from './acne.en.json' with { type: 'json' };
import acneKo from './acne.ko.json' with { type: 'json' };

/** Texts of the acne check: no other screen waits for them. */
export const lateSelfCheck = { en: acneEn, ko: acneKo };
