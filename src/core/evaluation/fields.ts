import { skinToneBand } from '../image/skin-tone';
import { ageBand } from '../metrics/subgroups';
import { siteGroupOfRegion } from '../patient/patient-facts';
import { each, finish, type Steps } from '../steps';
import type { ImageAnswer } from './answer';
import { ageOf, sexOf, siteOf } from './labels';
import type { PlannedImage } from './plan';

export type Fields = Record<'age' | 'sex' | 'site' | 'skinTone', string[]>;

/**
 * By what images are told apart, one value an image: age band, sex and group of sites of the table, and the
 * band of the skin tone where it was measured. "unknown" where nothing is known.
 */
export function fieldsOf(images: readonly PlannedImage[], answers: ReadonlyMap<string, ImageAnswer>): Fields {
  return finish(readingFields(images, answers));
}

/** As `fieldsOf`, in steps. */
export function* readingFields(
  images: readonly PlannedImage[],
  answers: ReadonlyMap<string, ImageAnswer>,
): Steps<Fields> {
  const fields: Fields = { age: [], sex: [], site: [], skinTone: [] };
  yield* each(images, (image) => {
    const word = siteOf(image);
    fields.age.push(ageBand(ageOf(image)));
    fields.sex.push(sexOf(image) ?? 'unknown');
    fields.site.push(word === null ? 'unknown' : (siteGroupOfRegion(word) ?? word));
    fields.skinTone.push(skinToneBand(answers.get(image.path)?.typologyAngle ?? null));
  });
  return fields;
}
