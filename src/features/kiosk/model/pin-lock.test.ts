import { describe, expect, it } from 'vitest';
import { afterWrongPin, isLocked, readLock, unlocked, waitAfter } from './pin-lock';

const now = Date.parse('2026-05-01T09:00:00Z');

describe('the wait after wrong PINs', () => {
  it('comes with every third, and is twice as long each time, up to ten minutes', () => {
    expect([3, 6, 9, 12, 15, 18, 300].map(waitAfter)).toEqual(
      [30, 60, 120, 240, 480, 600, 600].map((seconds) => 1000 * seconds),
    );
  });

  it('lets fewer than 500 of the 10,000 PINs of four digits be tried in a day', () => {
    const day = 24 * 3_600_000;
    let [lock, time] = [unlocked, now];
    while (time < now + day) {
      lock = afterWrongPin(lock, time);
      time = lock.until ?? time;
      expect(isLocked(lock, time - 1)).toBe(lock.until !== null);
    }
    expect(lock.wrong).toBeLessThan(500);
  });
});

describe('what was kept', () => {
  it('is what was written', () => {
    const lock = { wrong: 4, until: now + 1000 };
    expect(readLock(JSON.stringify(lock), now)).toEqual(lock);
    expect(readLock(JSON.stringify(unlocked), now)).toEqual(unlocked);
  });

  it('does not make the host wait longer where the clock was set back by a year', () => {
    const lock = { wrong: 3, until: now + 365 * 24 * 3_600_000 };
    expect(readLock(JSON.stringify(lock), now)).toEqual({ wrong: 3, until: now + 30_000 });
  });

  it.each([null, '', '{', 'null', '7', '{"wrong":-1,"until":5}', '{"wrong":1e300}', '{"until":1}'])(
    'is nothing where %j is kept',
    (stored) => expect(readLock(stored, now)).toBeNull(),
  );
});
