import { seededRandom } from '../../metrics/random';
import type { Diagnosis, Structure } from '../case-list';
import { compose } from './layers';
import {
  actinic,
  basalCell,
  fibroma,
  globularMole,
  haemangioma,
  keratosis,
  type Recipe,
  reticularMole,
  streakedMelanoma,
  veiledMelanoma,
} from './recipes';

/** A case that a program draws, for where there are no photos: nobody's skin. */
export interface DrawnCase {
  id: string;
  diagnosis: Diagnosis;
  /** What was drawn into it. */
  structures: readonly Structure[];
  recipe: Recipe;
  seed: number;
}

/** One of each of the seven classes, two of moles and of melanomas. Neighbours differ. */
export const drawnCases: readonly DrawnCase[] = [
  { id: 'drawn-mole-1', diagnosis: 'nv', structures: ['network', 'hair'], recipe: reticularMole, seed: 3 },
  {
    ...{ id: 'drawn-melanoma-1', diagnosis: 'mel', recipe: streakedMelanoma, seed: 11 },
    structures: ['atypical-network', 'streaks', 'globules', 'hair'],
  },
  { id: 'drawn-blood-1', diagnosis: 'vasc', structures: ['lacunae'], recipe: haemangioma, seed: 5 },
  {
    ...{ id: 'drawn-basal-1', diagnosis: 'bcc', recipe: basalCell, seed: 8 },
    structures: ['vessels', 'leaf-like-areas', 'ulceration'],
  },
  { id: 'drawn-keratosis-1', diagnosis: 'bkl', structures: ['milia'], recipe: keratosis, seed: 2 },
  {
    ...{ id: 'drawn-melanoma-2', diagnosis: 'mel', recipe: veiledMelanoma, seed: 6 },
    structures: ['blue-white-veil', 'regression', 'globules'],
  },
  {
    ...{ id: 'drawn-fibroma-1', diagnosis: 'df', recipe: fibroma, seed: 4 },
    structures: ['white-patch', 'network'],
  },
  {
    ...{ id: 'drawn-sun-1', diagnosis: 'akiec', recipe: actinic, seed: 7 },
    structures: ['vessels', 'scale'],
  },
  { id: 'drawn-mole-2', diagnosis: 'nv', structures: ['globules'], recipe: globularMole, seed: 9 },
];

/** The picture of a case: RGBA, row by row, the same every time. `width` is four thirds of `height`. */
export function drawCase(
  { recipe, seed }: Pick<DrawnCase, 'recipe' | 'seed'>,
  width: number,
  height: number,
): Uint8ClampedArray<ArrayBuffer> {
  const random = seededRandom(seed);
  return compose(recipe(random, { width, height, scale: height / 480 }), random);
}
