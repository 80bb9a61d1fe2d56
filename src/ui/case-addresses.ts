/** Addresses within the app that lead to kept records, and from them to the clinic. */

export const casesAddress = '#/cases';
export const lesionAddress = (id: string) => `#/cases?lesion=${encodeURIComponent(id)}`;
export const patientAddress = (id: string) => `#/cases?patient=${encodeURIComponent(id)}`;
/** The clinic, which proposes what comes in there for this lesion. */
export const addPhotoAddress = (lesionId: string) => `#/clinic?lesion=${encodeURIComponent(lesionId)}`;
