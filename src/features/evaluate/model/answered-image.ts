import type { Kind } from '../../../core/card/card';
import type { GalleryImage } from '../../../core/evaluation/gallery';

/** An image with what the model said of it. */
export interface AnsweredImage extends GalleryImage {
  /** What else is to be said of it: another model's answer, why the clinic would give no result. */
  note?: string;
}

/** The model's classes as people read them. */
export interface ReadClass {
  id: string;
  name: string;
  kind: Kind;
}
