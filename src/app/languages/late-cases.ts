import patientEn from './patient.en.json' with { type: 'json' };
import patientKo from './patient.ko.json' with { type: 'json' };

/** Texts of the patient's page, and of the clinic where it takes photos for a lesion: after the first paint. */
export const lateCases = { en: patientEn, ko: patientKo };
