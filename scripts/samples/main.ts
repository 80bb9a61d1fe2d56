/** `npm run samples`: a folder of photos with known diagnoses for the kiosk and the quiz. */
import { join } from 'node:path';
import { diagnoses } from '../../src/core/teaching/case-list';
import { main, root } from '../command';
import { readArguments } from './arguments';
import { heldBack, pick } from './pick';
import { checkEmpty, writeSamples } from './write';

await main(async () => {
  const { from, to, perClass, seed } = readArguments(process.argv.slice(2));
  checkEmpty(to);
  const candidates = heldBack(from, join(root, 'training', 'splits', 'derm.csv'));
  const { samples } = writeSamples(to, pick(candidates, perClass, seed));
  const counts = diagnoses.map((id) => ({
    id,
    count: samples.filter(({ diagnosis }) => diagnosis === id).length,
  }));
  const few = counts.filter(({ count }) => count < perClass);
  console.log(
    `${samples.length} photos and list.json are in ${to}: ${counts.map(({ id, count }) => `${id} ${count}`).join(', ')}.`,
  );
  if (few.length > 0)
    console.log(`There are no ${perClass} held-back photos of ${few.map(({ id }) => id).join(', ')}.`);
  console.log(
    'Their licence (CC BY-NC 4.0) wants the credits shown, which the kiosk does, and forbids commercial use.',
  );
  return 0;
});
