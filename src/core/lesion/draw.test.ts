import { expect, test } from 'vitest';
import { disc, draw } from '../fixtures/shapes';
import { editOf, flip, type Stroke } from './draw';
import { areaOf } from './mask';

const empty = draw(40, 30, () => false);

test('a dab is a disc; a stroke is a disc drawn along a line', () => {
  const dab = editOf(empty, { points: [{ x: 20, y: 15 }], radius: 6, add: true });
  expect(flip(empty, dab)).toEqual(draw(40, 30, disc(20, 15, 6)));
  const stroke = editOf(empty, {
    points: [
      { x: 8, y: 15 },
      { x: 32, y: 15 },
    ],
    radius: 3,
    add: true,
  });
  // A rectangle of 24 x 6 and two half discs.
  expect(Math.abs(stroke.indices.length - (24 * 6 + Math.PI * 9))).toBeLessThan(6);
});

test('an edit is taken back by the same edit, over lesion and background alike', () => {
  const before = draw(40, 30, disc(15, 15, 8));
  for (const add of [true, false]) {
    const edit = editOf(before, {
      points: [
        { x: 20, y: 15 },
        { x: 30, y: 20 },
      ],
      radius: 5,
      add,
    });
    const after = flip(before, edit);
    expect(areaOf(after) - areaOf(before)).toBe(add ? edit.indices.length : -edit.indices.length);
    expect(edit.indices.length).toBeGreaterThan(0);
    expect(flip(after, edit)).toEqual(before);
  }
});

test('strokes beyond the edge stay inside, and one that changes nothing is empty', () => {
  const over: Stroke = {
    points: [
      { x: -5, y: -5 },
      { x: 3, y: 3 },
    ],
    radius: 4,
    add: true,
  };
  const after = flip(empty, editOf(empty, over));
  expect(areaOf(after)).toBeGreaterThan(0);
  expect(editOf(after, over).indices).toHaveLength(0);
  expect(editOf(empty, { ...over, add: false }).indices).toHaveLength(0);
  expect(editOf(empty, { ...over, points: [] }).indices).toHaveLength(0);
});
