/** What is known of the patient, in the words that cards use for it. */

/**
 * The six site groups of the fusion model, by the ids that its card gives them
 * (training/lentigo/data/metadata.py).
 */
export const siteGroups = [
  'head-neck',
  'upper-body',
  'lower-body',
  'extremities',
  'genital-oral',
  'special',
] as const;

export type SiteGroup = (typeof siteGroups)[number];

/**
 * DICOM's terms for a place on the body, in capitals: Body Part Examined (0018,0015) and the meanings of
 * Anatomic Region codes (PS3.16, annex L and CID 4031), for skin. The groups follow training's table; a term
 * that is not here is left unknown.
 */
const regionTerms: Readonly<Record<SiteGroup, readonly string[]>> = {
  'head-neck': [
    'HEAD',
    'NECK',
    'HEADNECK',
    'HEAD NECK',
    'HEAD AND NECK',
    'SCALP',
    'FACE',
    'EAR',
    'NOSE',
    'CHEEK',
    'CHIN',
    'FOREHEAD',
    'EYELID',
    'LIP',
    'SKULL',
    'TEMPLE',
    'JAW',
  ],
  'upper-body': [
    'CHEST',
    'BACK',
    'TRUNK',
    'TORSO',
    'THORAX',
    'BREAST',
    'UPPER TRUNK',
    'ANTERIOR TORSO',
    'POSTERIOR TORSO',
    'LATERAL TORSO',
    'FLANK',
    'UPPER BACK',
    'LOWER BACK',
  ],
  'lower-body': [
    'LEG',
    'LOWER LEG',
    'LOWER LIMB',
    'LOWER EXTREMITY',
    'THIGH',
    'UPPER LEG',
    'KNEE',
    'CALF',
    'SHIN',
    'ANKLE',
    'FOOT',
    'TOE',
    'HEEL',
    'EXTREMITY LOWER',
  ],
  extremities: [
    'ARM',
    'UPPER ARM',
    'FOREARM',
    'UPPER LIMB',
    'UPPER EXTREMITY',
    'ELBOW',
    'WRIST',
    'HAND',
    'FINGER',
    'THUMB',
    'PALM',
    'PALMS SOLES',
    'SHOULDER',
    'EXTREMITY UPPER',
  ],
  'genital-oral': [
    'GENITALIA',
    'GENITAL',
    'PENIS',
    'SCROTUM',
    'VULVA',
    'PERINEUM',
    'MOUTH',
    'ORAL',
    'ORAL GENITAL',
    'TONGUE',
  ],
  special: ['ABDOMEN', 'ACRAL'],
};

/**
 * The site group of a DICOM term such as "UPPER_ARM", "Upper arm" or "Skin of forearm"; null where it means
 * none of ours.
 */
export function siteGroupOfRegion(term: string): SiteGroup | null {
  const plain = term
    .toUpperCase()
    .replace(/[_\-/]+/g, ' ')
    .replace(/^(ENTIRE )?SKIN (REGION )?OF (THE )?/, '')
    .replace(/^(LEFT|RIGHT) /, '')
    .trim();
  return siteGroups.find((group) => regionTerms[group].includes(plain)) ?? null;
}

/**
 * Years of a DICOM Age String (PS3.5, AS): three digits and D, W, M or Y, such as "045Y" or "018M". Whole
 * years, rounded down; null where it is no Age String or beyond 120 years.
 */
export function yearsOfAgeString(text: string): number | null {
  const match = /^(\d{3})([DWMY])$/.exec(text.trim());
  if (!match) return null;
  const perYear = { D: 365.25, W: 52.1775, M: 12, Y: 1 }[match[2] as 'D' | 'W' | 'M' | 'Y'];
  const years = Math.floor(Number(match[1]) / perYear);
  return years <= 120 ? years : null;
}
