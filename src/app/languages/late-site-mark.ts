import siteMarkEn from './site-mark.en.json' with { type: 'json' };
import siteMarkKo from './site-mark.ko.json' with { type: 'json' };

/** What judged an answer in place of its model's own calibration, in rows of the clinic, the cases and the kiosk. */
export const lateSiteMark = { en: siteMarkEn, ko: siteMarkKo };
