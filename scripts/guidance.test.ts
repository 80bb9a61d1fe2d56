import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { guide, locateLesion } from '../src/core/quality/guidance';
import type { Pixels } from '../src/core/raster';
import { root } from './command';
import { blurred, mapChannels } from './degrade';
import { evenly, readMask, readPhoto, rowsOf } from './real-photos';
import { frameOf } from './viewfinder-frame';

const data = join(root, '..', 'shared', 'data');
const present = existsSync(join(data, 'phone', 'metadata.csv'));

test('the phone photos are there where tests must not skip', () => {
  expect(present || process.env.CI !== 'true', `The phone photos are missing: ${data}/phone`).toBe(true);
});

describe.skipIf(!present)('guidance on real phone photos', { timeout: 60_000 }, () => {
  const rows = present
    ? evenly(
        rowsOf(data, 'phone').filter(({ has_mask }) => has_mask === '1'),
        40,
      )
    : [];
  const frames = rows.map(({ image_id = '' }) => ({
    id: image_id,
    frame: frameOf(readPhoto(data, 'phone', image_id)),
  }));

  test('most photos of a spot are good as they are', () => {
    const good = frames.filter(({ frame }) => guide(frame, 'phone', 1000).hint === null);
    expect(good.length / frames.length).toBeGreaterThan(0.7);
  });

  test('the spot that it aims at is the one that was outlined', () => {
    const hits = frames.filter(({ id, frame }) => {
      const spot = locateLesion(frame);
      const mask = readMask(data, 'phone', id);
      if (!spot) return false;
      const at = Math.floor(spot.y * mask.height) * mask.width + Math.floor(spot.x * mask.width);
      return mask.data[at] === 1;
    });
    expect(hits.length / frames.length).toBeGreaterThan(0.7);
  });

  test.each([
    ['blur', (photo: Pixels) => blurred(photo, photo.width / 25)],
    ['dark', (photo: Pixels) => mapChannels(photo, (value) => value * 0.08)],
    ['overexposed', (photo: Pixels) => mapChannels(photo, (value) => 120 + 1.6 * value)],
  ] as const)('spoilt photos are told: %s', (hint, spoil) => {
    const some = evenly(frames, 6);
    const hints = some.filter(({ frame }) => guide(spoil(frame), 'phone', 1000).hint === hint);
    expect(hints.length).toBeGreaterThanOrEqual(some.length - 1);
  });
});
