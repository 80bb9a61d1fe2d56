import takeawayEn from './takeaway.en.json' with { type: 'json' };
import takeawayKo from './takeaway.ko.json' with { type: 'json' };

/** Texts of the take-away page; the kiosk shows some of them too. */
export const lateTakeaway = { en: takeawayEn, ko: takeawayKo };
