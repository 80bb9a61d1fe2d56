import { expect, test } from 'vitest';
import { disc, draw } from '../fixtures/shapes';
import { editOf, flip, polygonEdit, type Stroke } from './draw';
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

const square = [
  { x: 5, y: 5 },
  { x: 15, y: 5 },
  { x: 15, y: 25 },
  { x: 5, y: 25 },
];

test('a polygon fills what it encloses, whichever way round it was drawn', () => {
  const wanted = draw(40, 30, ({ x, y }) => x > 5 && x < 15 && y > 5 && y < 25);
  expect(flip(empty, polygonEdit(empty, { corners: square, add: true }))).toEqual(wanted);
  expect(flip(empty, polygonEdit(empty, { corners: square.toReversed(), add: true }))).toEqual(wanted);
});

test('a slanting polygon has about the area of geometry; outside of the mask nothing is touched', () => {
  const triangle = [
    { x: -20, y: 1 },
    { x: 30, y: 1 },
    { x: 5, y: 29 },
  ];
  const { indices } = polygonEdit(empty, { corners: triangle, add: true });
  const inside = draw(
    40,
    30,
    ({ x, y }) => y > 1 && y < 29 && x < 30 - (25 * (y - 1)) / 28 && x > -20 + (25 * (y - 1)) / 28,
  );
  expect(Math.abs(indices.length - areaOf(inside))).toBeLessThan(30);
  expect(Math.max(...indices)).toBeLessThan(40 * 30);
});

test('a polygon takes away what is lesion, and is taken back by the same edit', () => {
  const before = draw(40, 30, disc(15, 15, 8));
  const edit = polygonEdit(before, { corners: square, add: false });
  const after = flip(before, edit);
  expect(areaOf(before) - areaOf(after)).toBe(edit.indices.length);
  expect(flip(after, edit)).toEqual(before);
});

test('two corners enclose nothing', () => {
  expect(polygonEdit(empty, { corners: square.slice(0, 2), add: true }).indices).toHaveLength(0);
  expect(polygonEdit(empty, { corners: [], add: true }).indices).toHaveLength(0);
});
