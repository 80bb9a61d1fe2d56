import { deltaE, type Lab } from '../image/lab';

/** The difference, in CIE 1976 units, from which on a pixel counts less and less as skin. */
const skinSpread = 5;
const passes = 5;
/** Terms of a surface, and the columns of its equations: the terms, and a right side for each channel. */
const terms = 6;
const columns = terms + 3;

/** 1, x, y, x², xy and y², with x and y from -1 to 1 over the frame. */
function termsOf(index: number, side: number): number[] {
  const x = (((index % side) + 0.5) / side) * 2 - 1;
  const y = ((Math.floor(index / side) + 0.5) / side) * 2 - 1;
  return [1, x, y, x * x, x * y, y * y];
}

/**
 * What the skin would look like without a spot: light falls off from a lamp, to one side and to the edges of a lens,
 * and that slow change is no spot. A quadratic surface a channel through the frame's colours (least squares, in which
 * what lies far from the surface counts little: Cauchy's weights). `near` is the skin's colour to begin with.
 */
export function litSkin(colours: readonly Lab[], side: number, near: Lab): Lab[] {
  const places = colours.map((_, i) => termsOf(i, side));
  let skin: Lab[] = colours.map(() => near);
  for (let pass = 0; pass < passes; pass++) {
    const equations = Array.from({ length: terms }, () => new Float64Array(columns));
    colours.forEach((colour, i) => {
      const weight = 1 / (1 + (deltaE(colour, skin[i] as Lab) / skinSpread) ** 2);
      addTo(equations, places[i] as number[], colour, weight);
    });
    solve(equations);
    skin = places.map((place) => [at(place, equations, 0), at(place, equations, 1), at(place, equations, 2)]);
  }
  return skin;
}

/** One more pixel in the normal equations. */
function addTo(equations: Float64Array[], place: readonly number[], colour: Lab, weight: number): void {
  for (let r = 0; r < terms; r++) {
    const row = equations[r] as Float64Array;
    const scaled = weight * (place[r] as number);
    for (let c = 0; c < terms; c++) row[c] = (row[c] as number) + scaled * (place[c] as number);
    for (let k = 0; k < 3; k++) row[terms + k] = (row[terms + k] as number) + scaled * (colour[k] as number);
  }
}

/** Gauss and Jordan's elimination, in place: the equations are positive definite, so no row has to be exchanged. */
function solve(equations: Float64Array[]): void {
  equations.forEach((pivot, p) => {
    const by = pivot[p] as number;
    for (let c = p; c < columns; c++) pivot[c] = (pivot[c] as number) / by;
    for (const row of equations) {
      if (row === pivot) continue;
      const factor = row[p] as number;
      for (let c = p; c < columns; c++) row[c] = (row[c] as number) - factor * (pivot[c] as number);
    }
  });
}

function at(place: readonly number[], solved: readonly Float64Array[], channel: number): number {
  let sum = 0;
  for (let r = 0; r < terms; r++) sum += (place[r] as number) * (solved[r]?.[terms + channel] as number);
  return sum;
}
