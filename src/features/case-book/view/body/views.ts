import type { FigureId } from '../../../../core/patient/body-areas';
import { bodyPicture } from '../../../../core/patient/body-figures';

/** The parts of the body map's picture that can be looked at. */

export const bodyViews = ['whole', 'front', 'back', 'head', 'hands', 'feet'] as const;
export type BodyView = (typeof bodyViews)[number];

interface View {
  /** Of the picture: left, top, width, height. */
  box: readonly [number, number, number, number];
  figures: readonly FigureId[];
  /** How large pins and letters are, in units of the picture. */
  unit: number;
}

export const views: Readonly<Record<BodyView, View>> = {
  whole: {
    box: [0, 0, bodyPicture.width, bodyPicture.height],
    figures: ['front', 'head', 'back', 'hands', 'palms', 'feet', 'soles'],
    unit: 1,
  },
  front: { box: [-42, 0, 260, 436], figures: ['front'], unit: 0.85 },
  back: { box: [310, 0, 260, 436], figures: ['back'], unit: 0.85 },
  head: { box: [184, 10, 160, 180], figures: ['head'], unit: 0.36 },
  hands: { box: [160, 190, 208, 94], figures: ['hands', 'palms'], unit: 0.4 },
  feet: { box: [160, 292, 208, 94], figures: ['feet', 'soles'], unit: 0.4 },
};

/** The view in which a figure is largest. */
export const viewOf = (figure: FigureId): BodyView =>
  bodyViews.find((view) => view !== 'whole' && views[view].figures.includes(figure)) ?? 'whole';
