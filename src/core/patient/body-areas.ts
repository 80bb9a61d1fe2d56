import type { BodyPlace, Site } from './body-sites';

/**
 * Where on the body a lesion is, more finely than any package asks. A clinician finds the lesion again by
 * it; no network reads it.
 */

/** The patient's own sides. */
export const bodySides = ['left', 'right', 'middle'] as const;
export type BodySide = (typeof bodySides)[number];

/** Parts of a place that the body map draws by themselves. No place that packages know has the buttock. */
export const bodyAreas = [
  'forehead',
  'eyelid',
  'cheek',
  'chin',
  'upper-back',
  'lower-back',
  'buttock',
  'hand-back',
  'palm',
  'fingers',
  'foot-top',
  'sole',
  'heel',
  'toes',
] as const;
export type BodyArea = (typeof bodyAreas)[number];

/** The figures of the body map. `hands` show their backs, `feet` their tops. */
export const figureIds = ['front', 'head', 'back', 'hands', 'palms', 'feet', 'soles'] as const;
export type FigureId = (typeof figureIds)[number];

/** A point on a figure. */
export interface BodySpot {
  figure: FigureId;
  area: BodyArea | null;
  /** Shares of the figure's width and height, 0 to 1, from the top left of the picture. */
  x: number;
  y: number;
}

/** A place as the body map gives it. */
export interface LesionPlace {
  /** Null for the buttock, for which no package has a word. */
  site: Site | null;
  side: BodySide | null;
  spot: BodySpot;
}

/** The places that are drawn from the front and from behind. */
export const seenTwice: readonly BodyPlace[] = [
  'scalp',
  'ear',
  'neck',
  'arm',
  'forearm',
  'hand',
  'thigh',
  'lower-leg',
  'foot',
];
