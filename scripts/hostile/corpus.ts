import { documents } from './documents';
import type { Hostile } from './make';
import { foreignModels } from './models-of-others';
import { archives, packages } from './packages';
import { medical, photos } from './photos';

/** Every hostile file, the same at each call. */
export const corpus = async (): Promise<Hostile[]> => [
  ...photos(),
  ...medical(),
  ...documents(),
  ...packages(),
  ...(await archives()),
  ...foreignModels(),
];
