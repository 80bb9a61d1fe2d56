import type { Card } from '../../core/card/card';
import type { Measure } from '../../core/lesion/morphology/levels';
import type { BodySide } from '../../core/patient/body-areas';
import { type BodyPlace, isSite, type Site } from '../../core/patient/body-sites';

/**
 * Codes of public terminologies, each looked up: SCT (SNOMED CT) and DCM in the lists of DICOM PS3.16, the
 * diagnoses in SNOMED CT's International Edition, LN in LOINC. docs/health-records.md has the sources. No code
 * of theirs is made up: what has none there has one of our own scheme, which DICOM calls 99LENTIGO (names that
 * begin with 99 are kept for such: PS3.16, 8.2).
 */
export interface Code {
  scheme: 'SCT' | 'DCM' | 'LN' | '99LENTIGO';
  value: string;
  /** The code's own English name. */
  meaning: string;
}

/** Our scheme as an OID, the number of a UUID: it never changes, whatever address the program has. */
export const ownSchemeOid = '2.25.239153870615588810884034206583890019455';

const sct = (value: string, meaning: string): Code => ({ scheme: 'SCT', value, meaning });
const dcm = (value: string, meaning: string): Code => ({ scheme: 'DCM', value, meaning });
const loinc = (value: string, meaning: string): Code => ({ scheme: 'LN', value, meaning });
/** A code of our own; docs/health-records.md has the list. */
export const own = (value: string, meaning: string): Code => ({ scheme: '99LENTIGO', value, meaning });

export const codes = {
  imagingReport: loinc('18748-4', 'Diagnostic imaging study'),
  photograph: loinc('72170-4', 'Photographic image'),
  age: loinc('30525-0', 'Age'),
  histology: loinc('22637-3', 'Pathology report final diagnosis Narrative'),
  software: sct('706689003', 'Application program software'),
  longAxis: sct('103339001', 'Long axis'),
  area: sct('42798000', 'Area'),
  lesion: sct('52988006', 'Lesion'),
  abnormalStructure: sct('49755003', 'Morphologically Abnormal Structure'),
  skin: sct('39937001', 'Skin'),
  left: sct('7771000', 'Left'),
  right: sct('24028007', 'Right'),
} as const satisfies Record<string, Code>;

/** What of an answer no terminology has. */
export const ownCodes = {
  flagged: own('flagged', 'Flagged'),
  sum: own('flag-sum', 'Probability of the flagged classes'),
  threshold: own('threshold', 'Threshold of the flag'),
  thresholdOrigin: own('threshold-origin', 'Where the threshold comes from'),
  thresholdTarget: own('threshold-target', 'Sensitivity that the threshold was chosen for'),
  site: own('site-calibration', 'Calibration of this site that judged'),
  probabilities: own('probabilities', 'Calibrated probabilities'),
  predictionSet: own('prediction-set', 'Prediction set: what cannot be ruled out'),
  size: own('size', 'Size of the lesion'),
  form: own('form', 'Form of the lesion'),
  impression: own('impression', 'Impression of the clinician'),
  drawn: own('drawn', 'Outlined by the user'),
} as const satisfies Record<string, Code>;

/** Values of `threshold-origin`. */
export const originCodes = {
  package: own('threshold-package', 'Threshold of the model package'),
  asked: own('threshold-asked', 'For a sensitivity that the user asked for'),
  site: own('threshold-site', 'Threshold of the calibration of this site'),
} as const satisfies Record<string, Code>;

/** The measures of src/core/lesion/morphology. */
export const measureCodes: Readonly<Record<Measure, Code>> = {
  asymmetry: own('asymmetry', 'Asymmetry of shape'),
  'colour-asymmetry': own('colour-asymmetry', 'Asymmetry of colour'),
  compactness: own('compactness', 'Irregular border'),
  concavity: own('concavity', 'Notches of the border'),
  'colour-spread': own('colour-spread', 'Spread of colour'),
  colours: own('colours', 'Number of colours'),
};

/**
 * Class ids that mean one concept in every package of ours. HAM10000's `akiec`, `bkl` and `vasc` put several
 * diagnoses together, and types of acne and cells on a slide have no concept of their own: they have codes of ours.
 */
const diagnoses: Readonly<Record<string, Code>> = {
  ack: sct('201101007', 'Actinic keratosis'),
  bcc: sct('254701007', 'Basal cell carcinoma of skin'),
  df: sct('427186000', 'Dermatofibroma'),
  mel: sct('93655004', 'Malignant melanoma of skin'),
  nev: sct('400096001', 'Melanocytic nevus'),
  nevus: sct('400096001', 'Melanocytic nevus'),
  nv: sct('400096001', 'Melanocytic nevus'),
  scc: sct('254651007', 'Squamous cell carcinoma of skin'),
  sek: sct('25499005', 'Seborrheic keratosis'),
};

/** What a class of a card means; null where no terminology has a code for it. */
export function codeOfClass({ domain }: Pick<Card, 'domain'>, classId: string): Code | null {
  return domain === 'dermoscopy' || domain === 'phone' ? (diagnoses[classId] ?? null) : null;
}

const armSkin = sct('371311000', 'Skin of upper extremity');
const legSkin = sct('371304004', 'Skin of lower extremity');

/**
 * DICOM's sites of dermatology (CID 4029). A place of ours without a concept of its own takes the wider
 * concept; the text beside it says which. "Genital and oral" and "abdomen and acral skin" have none.
 */
const sites: Readonly<Record<BodyPlace, Code>> & Readonly<Partial<Record<Site, Code>>> = {
  scalp: sct('43067004', 'Skin of scalp'),
  face: sct('73897004', 'Skin of face'),
  ear: sct('1902009', 'Skin of ear'),
  nose: sct('113179006', 'Skin of nose'),
  lip: sct('88089004', 'Skin of lip'),
  neck: sct('43081002', 'Skin of neck'),
  chest: sct('74160004', 'Skin of chest'),
  abdomen: sct('75093004', 'Skin of abdomen'),
  back: sct('66643007', 'Skin of back'),
  arm: armSkin,
  forearm: armSkin,
  hand: sct('33712006', 'Skin of hand'),
  genital: sct('60944009', 'Skin of external genitalia'),
  thigh: legSkin,
  'lower-leg': legSkin,
  foot: sct('60496002', 'Skin of foot'),
  'lower-body': legSkin,
  extremities: armSkin,
};

/** The skin of a site; null of a site without a code, and of a word that is no site. */
export const codeOfSite = (site: string | null): Code | null =>
  site !== null && isSite(site) ? (sites[site] ?? null) : null;

/** A side as a code (CID 244, "Laterality"); the middle has none there. */
export const codeOfSide = (side: BodySide | null): Code | null =>
  side === 'left' || side === 'right' ? codes[side] : null;

/** What made the photo, as DICOM's modalities have it; null where the kind of photo has none. */
export function modalityOf({ domain }: Pick<Card, 'domain'>): Code | null {
  if (domain === 'dermoscopy') return dcm('DMS', 'Dermoscopy');
  return domain === 'histopathology' ? null : dcm('XC', 'External-camera Photography');
}

/** Every code of a public terminology that may be written, for tests that look each up. */
export const allCodes: readonly Code[] = [
  ...Object.values(codes),
  ...Object.values(diagnoses),
  ...Object.values(sites),
  ...(['dermoscopy', 'phone'] as const).flatMap((domain) => modalityOf({ domain }) ?? []),
];
