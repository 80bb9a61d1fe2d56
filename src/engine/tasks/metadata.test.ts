import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import type { Card } from '../../core/card/card';
import { goldenPackage } from '../testing/golden-package';
import { logitsOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinyPackage } from '../testing/tiny-package';

const name = { en: 'x', ko: '엑스' };
const yesNo = ['yes', 'no'].map((id) => ({ id, name, values: [id === 'yes' ? 'True' : 'False'] }));
const schema: Card['metadata'] = {
  width: 7,
  fields: [
    { id: 'age', name, kind: 'bins', offset: 0, size: 4, edges: [0, 30, 60] },
    { id: 'itch', name, kind: 'choice', offset: 4, size: 3, choices: yesNo },
  ],
};
/** The weight of each place for the second class. */
const weight = (place: number) => (place + 1) / 8;
const packageId = 'tiny-symptoms';

test('what is known of the patient reaches the network; the answer says what was missing', async () => {
  const tiny = await goldenPackage((logits) => tinyPackage(logits, { id: packageId, metadata: schema }));
  const { analyse } = openEngine([tiny]);
  const bare = unwrapped(await analyse('200 120 90', { packageId }));
  expect(bare.modelMetadata).toEqual({ used: {}, missing: ['age', 'itch'] });

  const metadata = { age: 45, itch: 'yes' };
  const full = unwrapped(await analyse('200 120 90', { packageId, metadata }));
  expect(full.modelMetadata).toEqual({ used: metadata, missing: [] });
  const [nv, mel] = logitsOf(full);
  const [nvBefore, melBefore = 0] = logitsOf(bare);
  expect(nv).toBeCloseTo(nvBefore ?? Number.NaN, 6);
  // Age 45 is the second bin, "yes" the first choice; before, both were in their last place.
  const expected = weight(1) + weight(4) - weight(3) - weight(6);
  expect((mel ?? Number.NaN) - melBefore).toBeCloseTo(expected, 5);

  const odd = unwrapped(
    await analyse('200 120 90', { packageId, metadata: { age: 45, itch: 'maybe', colour: 'red' } }),
  );
  expect(odd.modelMetadata).toEqual({ used: { age: 45 }, missing: ['itch'] });
});

test('a package without metadata gets none, whatever is known', async () => {
  const { analyse } = openEngine([await goldenPackage()]);
  const analysis = unwrapped(await analyse('1 2 3', { packageId: 'tiny-classifier', metadata: { age: 45 } }));
  expect(analysis.modelMetadata).toBeNull();
});
