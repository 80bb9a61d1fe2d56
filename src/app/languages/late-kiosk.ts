import kioskEn from './kiosk.en.json' with { type: 'json' };
import kioskKo from './kiosk.ko.json' with { type: 'json' };
import kioskRoundEn from './kiosk-round.en.json' with { type: 'json' };
import kioskRoundKo from './kiosk-round.ko.json' with { type: 'json' };
import { lateSiteMark } from './late-site-mark';
import { lateTakeaway } from './late-takeaway';

/** Texts of the kiosk: no other screen waits for them. */
export const lateKiosk = {
  en: { ...kioskEn, ...kioskRoundEn, ...lateTakeaway.en, ...lateSiteMark.en },
  ko: { ...kioskKo, ...kioskRoundKo, ...lateTakeaway.ko, ...lateSiteMark.ko },
};
