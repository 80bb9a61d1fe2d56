import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createVisit, type Keep } from './visit';

let settings: { timeout: number; pin: string };
let kept: Map<string, string>;
let keep: Keep;
const onForget = vi.fn();
let stop: () => void;

function open() {
  const visit = createVisit({ settings: () => settings, keep, onForget });
  stop = visit.start();
  return visit;
}
const seconds = (count: number) => vi.advanceTimersByTime(1000 * count);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-05-01T09:00:00Z') });
  settings = { timeout: 60, pin: '' };
  kept = new Map();
  keep = { read: (name) => kept.get(name) ?? null, write: (name, value) => Boolean(kept.set(name, value)) };
  onForget.mockClear();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('a visitor who leaves', () => {
  it('is forgotten after the time-out, and is asked before', () => {
    const visit = open();
    visit.begin();
    visit.choose({ language: 'ko', packageId: 'other' });
    visit.go('camera');
    seconds(49);
    expect(visit.store.getState()).toMatchObject({ place: 'camera', secondsLeft: null });
    seconds(3);
    expect(visit.store.getState().secondsLeft).toBe(8);
    expect(onForget).not.toHaveBeenCalled();
    seconds(8);
    expect(visit.store.getState()).toMatchObject({
      place: 'loop',
      language: null,
      packageId: null,
      secondsLeft: null,
      rounds: 1,
    });
    expect(onForget).toHaveBeenCalledOnce();
  });

  it('stays as long as there are touches', () => {
    const visit = open();
    visit.begin();
    for (let touch = 0; touch < 10; touch++) {
      seconds(55);
      visit.touched();
      expect(visit.store.getState().secondsLeft).toBeNull();
    }
    expect(visit.store.getState().place).toBe('choose');
  });

  it('is forgotten at once when the machine slept longer than the time-out', () => {
    const visit = open();
    visit.begin();
    seconds(2);
    vi.setSystemTime(Date.now() + 3_600_000);
    seconds(1);
    expect(visit.store.getState().place).toBe('loop');
  });

  it('is forgotten in time although the clock was set back', () => {
    const visit = open();
    visit.begin();
    seconds(2);
    vi.setSystemTime(Date.now() - 3_600_000);
    seconds(62);
    expect(visit.store.getState().place).toBe('loop');
  });
});

it('who chooses in the loop has come in, and is forgotten like everyone', () => {
  const visit = open();
  visit.choose({ language: 'ko' });
  expect(visit.store.getState()).toMatchObject({ place: 'choose', language: 'ko', visitors: { count: 1 } });
  seconds(60);
  expect(visit.store.getState()).toMatchObject({ place: 'loop', language: null });
});

it('walks the loop while nobody is there, and starts it anew after each visitor', () => {
  const visit = open();
  seconds(9);
  expect(visit.store.getState().beat).toBe(2);
  visit.begin();
  seconds(20);
  expect(visit.store.getState().beat).toBe(2);
  visit.forget();
  expect(visit.store.getState().beat).toBe(0);
  expect(onForget).toHaveBeenCalledOnce();
});

it('counts visitors across restarts, and nothing else of them', () => {
  const visit = open();
  visit.begin();
  visit.begin();
  visit.forget();
  visit.begin();
  expect(visit.store.getState().visitors).toEqual({ count: 2, since: '2026-05-01' });
  expect([...kept]).toEqual([['lentigo.kiosk.visitors', '{"count":2,"since":"2026-05-01"}']]);
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
    kept.set('lentigo.kiosk.visitors', text);
    expect(open().store.getState().visitors.count).toBe(0);
  },
);

describe('the host', () => {
  it('gets in with the PIN alone', () => {
    settings.pin = '2580';
    const visit = open();
    visit.goAsHost('settings');
    expect(visit.store.getState().place).toBe('loop');
    visit.askForHost();
    expect(visit.store.getState().place).toBe('pin');
    visit.goAsHost('preflight');
    expect(visit.store.getState().place).toBe('pin');
    expect(visit.enterPin('0000')).toBe(false);
    expect(visit.enterPin('2580')).toBe(true);
    visit.goAsHost('preflight');
    expect(visit.store.getState().place).toBe('preflight');
  });

  it('waits half a minute after three wrong PINs, even with the right one', () => {
    settings.pin = '2580';
    const visit = open();
    visit.askForHost();
    for (const pin of ['1', '2', '3']) visit.enterPin(pin);
    expect(visit.enterPin('2580')).toBe(false);
    seconds(29);
    expect(visit.enterPin('2580')).toBe(false);
    seconds(1);
    expect(visit.enterPin('2580')).toBe(true);
    expect(visit.store.getState().lock).toEqual({ wrong: 0, until: null });
  });

  it('has three minutes, then is locked out again', () => {
    settings.pin = '2580';
    const visit = open();
    visit.askForHost();
    visit.enterPin('2580');
    seconds(179);
    expect(visit.store.getState().place).toBe('settings');
    seconds(1);
    expect(visit.store.getState().place).toBe('loop');
    visit.goAsHost('settings');
    expect(visit.store.getState().place).toBe('loop');
  });

  it('is let in without a PIN where none was set', () => {
    const visit = open();
    visit.askForHost();
    expect(visit.store.getState().place).toBe('settings');
  });
});
