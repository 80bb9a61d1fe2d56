import { expect, test } from 'vitest';
import { labelPlace } from './label-place';

const stage = { width: 600, height: 400 };
const label = { width: 80, height: 24 };

test.each([0, 1, 40, 299, 301, 560, 600])('a label at %d of 600 pixels is whole in sight', (x) => {
  for (const y of [0, 3, 199, 201, 390, 400]) {
    const place = labelPlace({ x, y }, label, stage);
    expect(place.x).toBeGreaterThanOrEqual(0);
    expect(place.y).toBeGreaterThanOrEqual(0);
    expect(place.x + label.width).toBeLessThanOrEqual(stage.width);
    expect(place.y + label.height).toBeLessThanOrEqual(stage.height);
  }
});

test('it stands beside the end, towards the middle', () => {
  expect(labelPlace({ x: 100, y: 100 }, label, stage)).toEqual({ x: 112, y: 112 });
  expect(labelPlace({ x: 500, y: 300 }, label, stage)).toEqual({ x: 408, y: 264 });
});

test('with its end it goes out of sight', () => {
  expect(labelPlace({ x: -5, y: 100 }, label, stage).x + label.width).toBeLessThan(0);
  expect(labelPlace({ x: 605, y: 100 }, label, stage).x).toBeGreaterThan(stage.width);
});
