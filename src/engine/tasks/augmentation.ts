import { symmetries, underSymmetries } from '../../core/image/symmetry';
import type { Values } from '../pass';
import { repeated } from './outputs';

/**
 * The inputs of one photo under the eight symmetries of the square, as one batch; the first view is the photo
 * as it is.
 */
export function asViews(inputs: Record<string, Values>): Record<string, Values> {
  return Object.fromEntries(Object.entries(inputs).map(([name, values]) => [name, viewsOf(values)]));
}

/** Made once, so that packages that take a photo in the same way share its views and their upload too. */
const made = new WeakMap<Values, Values>();

function viewsOf(values: Values): Values {
  const views = made.get(values) ?? makeViews(values);
  made.set(values, views);
  return views;
}

function makeViews(values: Values): Values {
  const [, height, width = 0, channels] = values.shape;
  // Metadata have no left and right.
  if (height === undefined || channels === undefined) return repeated(values, symmetries.length);
  const data = underSymmetries(values.data, width, channels);
  return { shape: [symmetries.length, height, width, channels], data };
}
