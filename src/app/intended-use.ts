/**
 * The page of the intended use: its sections and their points, in order. Their words are in the languages.
 */
export const intendedUse = {
  who: ['clinicians', 'people', 'visitors', 'researchers'],
  what: ['dermoscopy', 'phone', 'others', 'measure'],
  not: ['decide', 'alone', 'places', 'photos', 'children'],
  limits: ['skin', 'classes', 'cameras', 'phoneData', 'threshold'],
  failures: ['misses', 'alarms', 'unlike', 'outline', 'map'],
  tested: ['split', 'same', 'parity', 'never'],
  privacy: ['stay', 'queue'],
} as const;
