import kioskEn from './kiosk.en.json' with { type: 'json' };
import kioskKo from './kiosk.ko.json' with { type: 'json' };
import { lateTakeaway } from './late-takeaway';

/** Texts of the kiosk: no other screen waits for them. */
export const lateKiosk = {
  en: { ...kioskEn, ...lateTakeaway.en },
  ko: { ...kioskKo, ...lateTakeaway.ko },
};
