import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPhoto } from './order';

type Answered = Parameters<typeof nextPhoto>[1][number];
const answer = (photo: string, right: boolean): Answered => ({
  photo,
  truth: 'nv',
  choice: right ? 'nv' : 'mel',
});

/** Asks so many questions; `right` says how each is answered. */
function asked(photos: string[], count: number, right: (photo: string, turn: number) => boolean): Answered[] {
  const attempts: Answered[] = [];
  for (let turn = 0; turn < count; turn++) {
    const photo = nextPhoto(photos, attempts);
    if (photo !== null) attempts.push(answer(photo, right(photo, turn)));
  }
  return attempts;
}

const letters = (count: number) => Array.from({ length: count }, (_, index) => `photo ${index}`);

describe('the order of questions', () => {
  it('asks nothing where there is nothing, and the same photo again where there is no other', () => {
    expect(nextPhoto([], [])).toBeNull();
    expect(nextPhoto(['only'], [answer('only', true)])).toBe('only');
  });

  it('never asks about a photo twice in a row, nor, from three photos on, with one question between', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.array(fc.boolean(), { minLength: 30 }),
        (size, rights) => {
          const photos = asked(letters(size), 30, (_, turn) => rights[turn] === true).map(
            ({ photo }) => photo,
          );
          const apart = size > 2 ? 2 : 1;
          photos.forEach((photo, turn) => {
            expect(photos.slice(Math.max(0, turn - apart), turn)).not.toContain(photo);
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('asks about every photo before it repeats those that were answered rightly', () => {
    const photos = asked(letters(20), 20, () => true).map(({ photo }) => photo);
    expect(new Set(photos).size).toBe(20);
  });

  it('brings a wrong one back within five questions, and a right one much later', () => {
    const attempts = asked(letters(30), 30, (photo, turn) => photo !== 'photo 7' || turn > 40);
    const turns = attempts.flatMap(({ photo }, turn) => (photo === 'photo 7' ? [turn] : []));
    const [first = 0, second = 99] = turns;
    if (first < 25) expect(second - first).toBeGreaterThanOrEqual(3);
    if (first < 25) expect(second - first).toBeLessThanOrEqual(5);
    const others = attempts.filter(({ photo }) => photo !== 'photo 7').map(({ photo }) => photo);
    expect(new Set(others).size).toBe(others.length);
  });

  it('still comes to new photos where everything is answered wrongly', () => {
    const attempts = asked(letters(40), 60, () => false);
    expect(new Set(attempts.map(({ photo }) => photo)).size).toBeGreaterThanOrEqual(30);
  });

  it('leaves out what is not chosen, whatever is due', () => {
    const attempts = [answer('a', false), answer('b', true), answer('c', true), answer('d', true)];
    expect(nextPhoto(['b', 'x'], attempts)).toBe('x');
  });
});
