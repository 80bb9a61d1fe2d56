import { seededRandom } from '../../src/core/metrics/random';
import type { CaseEntry, Diagnosis, Structure } from '../../src/core/teaching/case-list';
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
  /** As `list.json` names it. */
  entry: CaseEntry;
  recipe: Recipe;
  seed: number;
}

const drawnCase = (
  name: string,
  diagnosis: Diagnosis,
  recipe: Recipe,
  seed: number,
  ...structures: Structure[]
): DrawnCase => ({
  entry: { file: `drawn-${name}.jpg`, credit: '', synthetic: true, diagnosis, structures },
  recipe,
  seed,
});

/** One of each of the seven classes, two of moles and of melanomas. Neighbours differ. */
export const drawnCases: readonly DrawnCase[] = [
  drawnCase('1', 'nv', reticularMole, 3, 'network', 'hair'),
  drawnCase('2', 'mel', streakedMelanoma, 11, 'atypical-network', 'streaks', 'globules', 'hair'),
  drawnCase('3', 'vasc', haemangioma, 5, 'lacunae'),
  drawnCase('4', 'bcc', basalCell, 8, 'vessels', 'leaf-like-areas', 'ulceration'),
  drawnCase('5', 'bkl', keratosis, 2, 'milia'),
  drawnCase('6', 'mel', veiledMelanoma, 6, 'blue-white-veil', 'regression', 'globules'),
  drawnCase('7', 'df', fibroma, 4, 'white-patch', 'network'),
  drawnCase('8', 'akiec', actinic, 7, 'vessels', 'scale'),
  drawnCase('9', 'nv', globularMole, 9, 'globules'),
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
