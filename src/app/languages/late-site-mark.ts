import siteMarkEn from './site-mark.en.json' with { type: 'json' };
import siteMarkKo from './site-mark.ko.json' with { type: 'json' };

/** What judged an answer in place of its model's own calibration, in the clinic, the cases, the kiosk and the self-check. */
export const lateSiteMark = { en: siteMarkEn, ko: siteMarkKo };
