import type { Kind } from '../../../core/card/card';
import type { PlannedImage } from '../../../core/evaluation/plan';

/** An image with what the model said of it. */
export interface AnsweredImage {
  image: PlannedImage;
  /** Index of the class that the label means. */
  truth: number;
  /** Index of the most probable class. */
  predicted: number;
  /** In the order of the classes. */
  probabilities: readonly number[];
}

/** The model's classes as people read them. */
export interface ReadClass {
  id: string;
  name: string;
  kind: Kind;
}
