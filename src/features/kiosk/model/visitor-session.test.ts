import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createVisitorSession, type KeyValueStore } from './visitor-session';

let settings: { timeout: number; pin: string };
let stored: Map<string, string>;
let storage: KeyValueStore;
const onForget = vi.fn();
let stop: () => void;

function open() {
  const session = createVisitorSession({ settings: () => settings, storage, onForget });
  stop = session.start();
  return session;
}
const seconds = (count: number) => vi.advanceTimersByTime(1000 * count);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-05-01T09:00:00Z') });
  settings = { timeout: 60, pin: '' };
  stored = new Map();
  storage = {
    read: (name) => stored.get(name) ?? null,
    write: (name, value) => Boolean(stored.set(name, value)),
  };
  onForget.mockClear();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('a visitor who leaves', () => {
  it('is forgotten after the time-out, and is asked before', () => {
    const session = open();
    session.begin();
    session.choose({ language: 'ko', packageId: 'other' });
    session.go('camera');
    seconds(49);
    expect(session.store.getState()).toMatchObject({ screen: 'camera', secondsLeft: null });
    seconds(3);
    expect(session.store.getState().secondsLeft).toBe(8);
    expect(onForget).not.toHaveBeenCalled();
    seconds(8);
    expect(session.store.getState()).toMatchObject({
      screen: 'loop',
      language: null,
      packageId: null,
      secondsLeft: null,
      rounds: 1,
    });
    expect(onForget).toHaveBeenCalledOnce();
  });

  it('is led back to where it chose, and the next one to the start', () => {
    const session = open();
    const backTo = () => session.store.getState().backTo;
    session.begin();
    session.go('round');
    session.go('inside');
    session.go('camera');
    expect(backTo()).toBe('round');
    session.go('choose');
    session.go('camera');
    expect(backTo()).toBe('choose');
    session.go('round');
    session.forget();
    expect(backTo()).toBe('choose');
  });

  it('stays as long as there are touches', () => {
    const session = open();
    session.begin();
    for (let touch = 0; touch < 10; touch++) {
      seconds(55);
      session.touched();
      expect(session.store.getState().secondsLeft).toBeNull();
    }
    expect(session.store.getState().screen).toBe('choose');
  });

  it('is forgotten at once when the machine slept longer than the time-out', () => {
    const session = open();
    session.begin();
    seconds(2);
    vi.setSystemTime(Date.now() + 3_600_000);
    seconds(1);
    expect(session.store.getState().screen).toBe('loop');
  });

  it('is forgotten in time although the clock was set back', () => {
    const session = open();
    session.begin();
    seconds(2);
    vi.setSystemTime(Date.now() - 3_600_000);
    seconds(62);
    expect(session.store.getState().screen).toBe('loop');
  });
});

it('who chooses in the loop has come in, and is forgotten like everyone', () => {
  const session = open();
  session.choose({ language: 'ko' });
  expect(session.store.getState()).toMatchObject({
    screen: 'choose',
    language: 'ko',
    visitors: { count: 1 },
  });
  seconds(60);
  expect(session.store.getState()).toMatchObject({ screen: 'loop', language: null });
});

it('walks the loop while nobody is there, and starts it again after each visitor', () => {
  const session = open();
  seconds(9);
  expect(session.store.getState().tick).toBe(2);
  session.begin();
  seconds(20);
  expect(session.store.getState().tick).toBe(2);
  session.forget();
  expect(session.store.getState().tick).toBe(0);
  expect(onForget).toHaveBeenCalledOnce();
});

it('counts visitors across restarts, and nothing else of them', () => {
  const session = open();
  session.begin();
  session.begin();
  session.forget();
  session.begin();
  expect(session.store.getState().visitors).toEqual({ count: 2, since: '2026-05-01' });
  expect([...stored]).toEqual([['lentigo.kiosk.visitors', '{"count":2,"since":"2026-05-01"}']]);
  stop();
  vi.setSystemTime(new Date('2026-05-03T09:00:00Z'));
  const next = open();
  expect(next.store.getState().visitors.count).toBe(2);
  next.recount();
  expect(next.store.getState().visitors.count).toBe(2);
  next.askForHost();
  next.recount();
  expect(next.store.getState().visitors).toEqual({ count: 0, since: '2026-05-03' });
});

it.each(['', 'null', '7', '{"count":-1,"since":"x"}', '{"count":"many"}'])(
  'counts from zero where %j was kept',
  (text) => {
    stored.set('lentigo.kiosk.visitors', text);
    expect(open().store.getState().visitors.count).toBe(0);
  },
);

describe('the host', () => {
  it('gets in with the PIN alone', () => {
    settings.pin = '2580';
    const session = open();
    session.goAsHost('settings');
    expect(session.store.getState().screen).toBe('loop');
    session.askForHost();
    expect(session.store.getState().screen).toBe('pin');
    session.goAsHost('preflight');
    expect(session.store.getState().screen).toBe('pin');
    expect(session.enterPin('0000')).toBe(false);
    expect(session.enterPin('2580')).toBe(true);
    session.goAsHost('preflight');
    expect(session.store.getState().screen).toBe('preflight');
  });

  describe('after three wrong PINs', () => {
    const wrongThreeTimes = () => {
      settings.pin = '2580';
      const session = open();
      session.askForHost();
      for (const pin of ['1', '2', '3']) session.enterPin(pin);
      return session;
    };

    it('waits half a minute, even with the right one', () => {
      const session = wrongThreeTimes();
      expect(session.enterPin('2580')).toBe(false);
      seconds(29);
      expect(session.enterPin('2580')).toBe(false);
      seconds(1);
      expect(session.enterPin('2580')).toBe(true);
      expect(session.store.getState().lock).toEqual({ wrong: 0, until: null });
    });

    it('waits as long after a reload, or in another tab', () => {
      const before = wrongThreeTimes();
      const { lock } = before.store.getState();
      for (let reload = 0; reload < 20; reload++) {
        stop();
        const session = open();
        expect(session.store.getState().lock).toEqual(lock);
        expect(session.enterPin('2580')).toBe(false);
      }
      seconds(30);
      expect(open().enterPin('2580')).toBe(true);
    });

    it('counts on over reloads that come before the third', () => {
      settings.pin = '2580';
      for (const pin of ['1', '2', '3']) {
        open().enterPin(pin);
        stop();
      }
      expect(open().enterPin('2580')).toBe(false);
    });

    it('begins with the wait at each start where the browser keeps nothing', () => {
      settings.pin = '2580';
      storage = { read: () => null, write: () => false };
      expect(open().enterPin('2580')).toBe(false);
      stop();
      const session = open();
      seconds(29);
      expect(session.enterPin('2580')).toBe(false);
      seconds(1);
      expect(session.enterPin('2580')).toBe(true);
    });
  });

  it('has three minutes, then is locked out again', () => {
    settings.pin = '2580';
    const session = open();
    session.askForHost();
    session.enterPin('2580');
    seconds(179);
    expect(session.store.getState().screen).toBe('settings');
    seconds(1);
    expect(session.store.getState().screen).toBe('loop');
    session.goAsHost('settings');
    expect(session.store.getState().screen).toBe('loop');
  });

  it('is let in without a PIN where none was set', () => {
    const session = open();
    session.askForHost();
    expect(session.store.getState().screen).toBe('settings');
  });
});
