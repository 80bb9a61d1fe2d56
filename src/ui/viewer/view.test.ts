import { describe, expect, it } from 'vitest';
import { largestZoom, movedBy, placementOf, wholePhoto, zoomedAt } from './view';

const photo = { width: 600, height: 400 };
const stage = { width: 300, height: 300 };
const whole = wholePhoto(photo);

/** The place of the photo that is shown at a place of the stage. */
function shownAt(view: typeof whole, x: number, y: number) {
  const { left, top, width, height } = placementOf(view, photo, stage);
  return { x: ((x - left) * photo.width) / width, y: ((y - top) * photo.height) / height };
}

describe('the view of a photo', () => {
  it('begins with all of it in the middle of the stage', () => {
    expect(placementOf(whole, photo, stage)).toEqual({ left: 0, top: 50, width: 300, height: 200 });
  });

  it('keeps the place under the pointer when it zooms in', () => {
    const before = shownAt(whole, 200, 160);
    const after = shownAt(zoomedAt(whole, 3, { x: 200, y: 160 }, photo, stage), 200, 160);
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
  });

  it('ends with the whole photo and with its single pixels', () => {
    const near = zoomedAt(whole, 1e6, { x: 10, y: 290 }, photo, stage);
    expect(near.zoom).toBe(largestZoom(photo, stage));
    expect(placementOf(near, photo, stage).width / photo.width).toBeCloseTo(16);
    expect(zoomedAt(near, 1e-6, { x: 0, y: 0 }, photo, stage)).toEqual(whole);
  });

  it('never shows empty ground where there is photo', () => {
    const near = zoomedAt(whole, 4, { x: 150, y: 150 }, photo, stage);
    const corner = placementOf(movedBy(near, { x: 1e5, y: 1e5 }, photo, stage), photo, stage);
    expect([corner.left, corner.top]).toEqual([0, 0]);
    const other = placementOf(movedBy(near, { x: -1e5, y: -1e5 }, photo, stage), photo, stage);
    expect(other.left + other.width).toBeCloseTo(stage.width);
    expect(other.top + other.height).toBeCloseTo(stage.height);
  });
});
