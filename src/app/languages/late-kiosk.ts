import kioskEn from './kiosk.en.json' with { type: 'json' };
import kioskKo from './kiosk.ko.json' with { type: 'json' };

/** Texts of the kiosk: no other screen waits for them. */
export const lateKiosk = { en: kioskEn, ko: kioskKo };
