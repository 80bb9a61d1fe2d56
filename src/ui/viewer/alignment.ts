import type { Point, Size } from '../../core/geometry';
import type { Placement } from './view';

/** A photo as it is laid beside or over another one. */
export interface AlignedPhoto extends Size {
  /** Millimetres a pixel; null without a scale. */
  scale: number | null;
  /** Where the lesion's middle is, in pixels; null where it was not found. */
  centre: Point | null;
}

export interface Alignment {
  first: Placement;
  second: Placement;
  /**
   * True to scale: a millimetre is as long in both. Else both are as wide as each other, and sizes cannot be
   * compared.
   */
  toScale: boolean;
  /** The lesions' middles lie on each other; else the photos' middles do. */
  centred: boolean;
}

/**
 * Lays two photos of one lesion on each other in a view (pixels of the screen), both as large as lets the
 * larger one fit.
 */
export function align(first: AlignedPhoto, second: AlignedPhoto, view: Size): Alignment {
  const toScale = first.scale !== null && second.scale !== null;
  const centred = first.centre !== null && second.centre !== null;
  // Lengths in millimetres, or in widths of the photo.
  const unit = (photo: AlignedPhoto) => (toScale ? (photo.scale as number) : 1 / photo.width);
  const fits = (photo: AlignedPhoto) =>
    Math.min(view.width / (photo.width * unit(photo)), view.height / (photo.height * unit(photo)));
  const zoom = Math.min(fits(first), fits(second));
  const place = (photo: AlignedPhoto): Placement => {
    const factor = zoom * unit(photo);
    const middle = (centred && photo.centre) || { x: photo.width / 2, y: photo.height / 2 };
    return {
      left: view.width / 2 - middle.x * factor,
      top: view.height / 2 - middle.y * factor,
      width: photo.width * factor,
      height: photo.height * factor,
    };
  };
  return { first: place(first), second: place(second), toScale, centred };
}
