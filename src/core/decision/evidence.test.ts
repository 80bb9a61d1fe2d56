import { describe, expect, it } from 'vitest';
import { evidenceQuality } from './evidence';

const photo = { width: 400, height: 300 };
/** The map lies over the right part of the photo. */
const square = { left: 100, top: 0, side: 300 };

/** A mask over the whole photo, in cells of 10 pixels: 1 inside the rectangle, given in pixels. */
function rectangle(left: number, top: number, width: number, height: number) {
  const data = Uint8Array.from({ length: 40 * 30 }, (_, at) => {
    const [x, y] = [10 * (at % 40) + 5, 10 * Math.floor(at / 40) + 5];
    return Number(x > left && x < left + width && y > top && y < top + height);
  });
  return { width: 40, height: 30, data };
}

const map = (values: number[]) => ({ width: 3, height: 3, values });
const centred = map([0, 0, 0, 0, 8, 1, 0, 1, 0]);
const middle = rectangle(210, 110, 80, 80);

describe('the quality of a map', () => {
  it('is in no doubt where the evidence is in one place, inside the lesion', () => {
    expect(evidenceQuality(centred, { photo, square, mask: middle })).toEqual({
      flat: false,
      inside: 0.8,
      doubt: null,
    });
  });

  it('is flat where the evidence is everywhere, or nowhere', () => {
    const even = map([5, 5, 5, 5, 6, 5, 5, 5, 5]);
    expect(evidenceQuality(even, { photo, square, mask: middle }).doubt).toBe('flat');
    const against = map([-3, -2, -1, -3, 0, -1, -1, -1, -1]);
    expect(evidenceQuality(against, { photo, square, mask: middle })).toEqual({
      flat: true,
      inside: null,
      doubt: 'flat',
    });
  });

  it('is outside where most of it is not on the lesion; a cell that the lesion reaches into is', () => {
    const corner = rectangle(100, 0, 60, 60);
    expect(evidenceQuality(centred, { photo, square, mask: corner })).toMatchObject({
      inside: 0,
      doubt: 'outside',
    });
    const reaching = rectangle(180, 80, 60, 60);
    expect(evidenceQuality(centred, { photo, square, mask: reaching }).doubt).toBeNull();
    // A lesion beside the square is not on the map at all.
    expect(evidenceQuality(centred, { photo, square, mask: rectangle(0, 0, 90, 300) }).inside).toBe(0);
  });

  it('says nothing of a lesion that nobody looked for', () => {
    expect(evidenceQuality(centred, { photo, square, mask: null })).toEqual({
      flat: false,
      inside: null,
      doubt: null,
    });
  });
});
