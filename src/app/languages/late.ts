import intendedUseEn from './intended-use.en.json' with { type: 'json' };
import intendedUseKo from './intended-use.ko.json' with { type: 'json' };
import paneEn from './pane.en.json' with { type: 'json' };
import paneKo from './pane.ko.json' with { type: 'json' };

/** Texts in every language that come with the screens that show them: the first paint does not wait for them. */
export const late = { en: { ...intendedUseEn, ...paneEn }, ko: { ...intendedUseKo, ...paneKo } };
