import paneEn from './pane.en.json' with { type: 'json' };
import paneKo from './pane.ko.json' with { type: 'json' };
import patientEn from './patient.en.json' with { type: 'json' };
import patientKo from './patient.ko.json' with { type: 'json' };

/** Texts of the clinic and the cases that the first paint does not wait for. */
export const lateCases = { en: { ...patientEn, ...paneEn }, ko: { ...patientKo, ...paneKo } };
