import { skinToneBand } from '../image/skin-tone';
import { ageBand } from '../metrics/subgroups';
import { siteGroupOfRegion } from '../patient/patient-facts';
import type { ImageAnswer } from './answer';
import { ageOf, sexOf, siteOf } from './labels';
import type { PlannedImage } from './plan';

/**
 * By what images are told apart, one value an image: age band, sex and group of sites of the table, and the
 * band of the skin tone where it was measured. "unknown" where nothing is known.
 */
export function fieldsOf(
  images: readonly PlannedImage[],
  answers: ReadonlyMap<string, ImageAnswer>,
): Record<'age' | 'sex' | 'site' | 'skinTone', string[]> {
  const site = (image: PlannedImage) => {
    const word = siteOf(image);
    return word === null ? 'unknown' : (siteGroupOfRegion(word) ?? word);
  };
  return {
    age: images.map((image) => ageBand(ageOf(image))),
    sex: images.map((image) => sexOf(image) ?? 'unknown'),
    site: images.map(site),
    skinTone: images.map(({ path }) => skinToneBand(answers.get(path)?.typologyAngle ?? null)),
  };
}
