import { bareSkin, type Layers } from './layers';
import { add, hide, marksOf, type Size, times } from './marks';
import { leaves, nests } from './nests';
import { mix, noise, step } from './noise';
import { filled, globules, network, pepper, streaks, sum, uneven } from './pigment';
import { shape } from './shape';
import { furrows, hairs, milia, openings, scale, scar } from './surface';
import { lacunae, strawberry, treeVessels } from './vessels';

/** Draws what makes a lesion of one kind what it is, into bare skin. */
export type Recipe = (random: () => number, size: Size) => Layers;

/** A mole with a network: even, the same on all sides, fading at its border. */
export const reticularMole: Recipe = (random, size) => {
  const layers = bareSkin(size);
  const lesion = shape(random, { radius: 128, ragged: 0.03 });
  add(layers.melanin, filled(size, lesion, 0.42, uneven(random, 70, 0.42, 0.58)));
  const lines = { mesh: 17, irregular: 0.18, line: 5, strength: (depth: number) => step(-0.02, 0.35, depth) };
  add(layers.melanin, network(random, size, lesion, lines), 0.62);
  add(layers.melanin, hairs(random, size, 5), 1.9);
  return layers;
};

/** A mole of globules: alike, evenly spread, on a light brown ground. */
export const globularMole: Recipe = (random, size) => {
  const layers = bareSkin(size);
  const lesion = shape(random, { radius: 118, stretch: 1.08, ragged: 0.025 });
  add(layers.melanin, filled(size, lesion, 0.22, uneven(random, 60, 0.34, 0.46)));
  add(layers.melanin, globules(random, size, lesion, { apart: 15.5, radius: 5.6, irregular: 0.12 }), 0.85);
  return layers;
};

/** A melanoma with an atypical network that ends in streaks on one side, and a dark blotch off its centre. */
export const streakedMelanoma: Recipe = (random, size) => {
  const layers = bareSkin(size);
  const lesion = shape(random, { radius: 138, stretch: 1.3, ragged: 0.09 });
  add(layers.melanin, filled(size, lesion, 0.12, uneven(random, 75, 0.3, 0.95)));
  const lines = { mesh: 21, irregular: 1, line: 7.5, strength: (depth: number) => step(-0.05, 0.12, depth) };
  add(layers.melanin, network(random, size, lesion, lines), 1);
  add(layers.melanin, streaks(random, size, lesion, { from: -0.5, to: 1.35, count: 13 }), 1.7);
  const blotch = shape(random, { centre: lesion.at(0.55, 0.45), radius: 52, stretch: 1.3, ragged: 0.12 });
  add(layers.melanin, filled(size, blotch, 0.35, uneven(random, 30, 1.1, 1.5)));
  add(layers.melanin, globules(random, size, lesion, { apart: 27, radius: 4.6, irregular: 1 }), 0.9);
  const red = shape(random, { centre: lesion.at(3.5, 0.55), radius: 50, ragged: 0.2 });
  add(
    layers.blood,
    filled(size, red, 0.8, () => 0.3),
  );
  add(layers.melanin, hairs(random, size, 3), 1.9);
  return layers;
};

/** A melanoma of many colours: a blue-white veil, a white area that regressed with grey pepper, uneven globules. */
export const veiledMelanoma: Recipe = (random, size) => {
  const layers = bareSkin(size);
  const lesion = shape(random, { radius: 142, stretch: 1.25, ragged: 0.1 });
  add(layers.melanin, filled(size, lesion, 0.1, uneven(random, 65, 0.55, 1.25)));
  add(layers.blood, filled(size, lesion, 0.25, uneven(random, 60, 0, 0.3)));
  add(layers.melanin, globules(random, size, lesion, { apart: 21, radius: 5.5, irregular: 1 }), 1);
  const regressed = shape(random, { centre: lesion.at(3.9, 0.55), radius: 54, stretch: 1.4, ragged: 0.1 });
  const pale = filled(size, regressed, 0.6, () => 1);
  hide(layers.melanin, pale, 0.8);
  add(layers.white, pale, 0.42);
  add(layers.deep, pepper(random, size, regressed, 6.5), 0.75);
  const veiled = shape(random, { centre: lesion.at(0.7, 0.36), radius: 68, stretch: 1.25, ragged: 0.07 });
  add(
    layers.deep,
    filled(size, veiled, 0.9, () => 0.45),
  );
  add(layers.veil, filled(size, veiled, 0.9, uneven(random, 26, 0.4, 0.82)));
  return layers;
};

/** A seborrhoeic keratosis: stuck on, with cysts, dark openings and furrows. */
export const keratosis: Recipe = (random, size) => {
  const layers = bareSkin(size);
  const lesion = shape(random, { radius: 134, stretch: 1.22, ragged: 0.045 });
  add(layers.melanin, filled(size, lesion, 0.045, uneven(random, 55, 0.42, 0.78)));
  add(layers.horn, filled(size, lesion, 0.05, uneven(random, 40, 0.05, 0.24)));
  add(layers.melanin, furrows(random, size, lesion, 42), 0.62);
  const dark = openings(random, size, lesion, 44);
  add(layers.melanin, dark, 1.5);
  const cysts = milia(random, size, lesion, 30);
  hide(cysts, dark, 1);
  hide(layers.melanin, cysts, 0.6);
  add(layers.horn, cysts, 0.82);
  return layers;
};

/** A basal cell carcinoma: pearly pink, tree-like vessels, leaf-like areas at its border, a small sore. */
export const basalCell: Recipe = (random, size) => {
  const layers = bareSkin(size);
  const lesion = shape(random, { radius: 140, stretch: 1.18, ragged: 0.07 });
  add(layers.blood, filled(size, lesion, 0.3, uneven(random, 60, 0.16, 0.34)));
  add(layers.white, filled(size, lesion, 0.4, uneven(random, 50, 0.02, 0.26)));
  const lobes = leaves(random, size, lesion, [0.5, 1.25, 2.2]);
  const islands = nests(random, size, shape(random, { centre: lesion.at(5, 0.35), radius: 82 }), 40);
  add(layers.deep, sum(size, [lobes, 0.75], [islands, 0.85]));
  add(layers.melanin, lobes, 0.45);
  add(layers.blood, treeVessels(random, size, lesion, 4), 1.25);
  const sore = shape(random, { centre: lesion.at(3.5, 0.4), radius: 25, stretch: 1.35, ragged: 0.2 });
  const crust = noise(random, 9);
  add(
    layers.blood,
    filled(size, sore, 0.3, (x, y) => 1.15 + 0.4 * crust(x, y)),
  );
  add(
    layers.melanin,
    filled(size, sore, 0.5, (x, y) => 0.25 + 0.4 * crust(y, x)),
  );
  return layers;
};

/** An actinic keratosis: red between pale follicles as on a strawberry, with scale on top. */
export const actinic: Recipe = (random, size) => {
  const layers = bareSkin(size);
  const lesion = shape(random, { radius: 150, stretch: 1.2, ragged: 0.06 });
  const { red, plugs } = strawberry(random, size, lesion, 30);
  add(layers.blood, red, 0.62);
  add(layers.melanin, filled(size, lesion, 0.5, uneven(random, 60, 0, 0.1)));
  add(layers.horn, plugs, 0.8);
  const crusted = shape(random, { centre: lesion.at(3.9, 0.3), radius: 125, ragged: 0.08 });
  const flakes = scale(random, size, (x, y) => step(-0.1, 0.35, crusted.depth(x, y)));
  add(layers.white, flakes, 0.8);
  add(layers.horn, flakes, 0.22);
  return layers;
};

/** A haemangioma: lakes of blood, red to blue-black, with pale walls. */
export const haemangioma: Recipe = (random, size) => {
  const layers = bareSkin(size);
  const lesion = shape(random, { radius: 126, stretch: 1.12, ragged: 0.05 });
  add(layers.blood, filled(size, lesion, 0.08, uneven(random, 50, 0.42, 0.6)));
  const { lakes, dark } = lacunae(random, size, lesion);
  add(layers.blood, times(lakes, uneven(random, 40, 0.75, 1.1)), 1.15);
  add(layers.deep, dark, 1);
  add(layers.veil, filled(size, lesion, 0.3, uneven(random, 45, 0, 0.2)));
  return layers;
};

/** A dermatofibroma: a white patch like a scar in the middle, a fine ring of network around it. */
export const fibroma: Recipe = (random, size) => {
  const layers = bareSkin(size);
  const lesion = shape(random, { radius: 134, stretch: 1.08, ragged: 0.03 });
  add(layers.melanin, filled(size, lesion, 0.6, uneven(random, 70, 0.2, 0.3)));
  const lines = {
    ...{ mesh: 13, irregular: 0.05, line: 3.4 },
    strength: (depth: number) => step(-0.05, 0.25, depth) * step(0.8, 0.5, depth),
  };
  add(layers.melanin, network(random, size, lesion, lines), 0.52);
  const middle = shape(random, { centre: lesion.centre, radius: 62, stretch: 1.15, ragged: 0.09 });
  const white = scar(random, size, middle);
  hide(layers.melanin, white, 0.7);
  add(layers.white, white, 0.82);
  add(
    layers.blood,
    marksOf(size, (x, y) => mix(0, 0.14, step(-0.6, 0.1, middle.depth(x, y)))),
  );
  return layers;
};
