import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { failure, type Result, success } from '../../../core/failure';
import { exampleAnalysis } from '../../../core/fixtures/analysis';
import { createLive, type LiveAnswer, spotIn, type VideoFrame } from './live';

const pixels = { width: 1, height: 1, channels: 4 as const, data: new Uint8ClampedArray(4) };

const answer = (): LiveAnswer => ({
  analysis: exampleAnalysis(),
  spot: { x: 0.5, y: 0.5, extent: 0.3 },
});

/** A camera with a frame every 20 ms, of which the newest is always the one to be had. */
function camera() {
  const opened = Date.now();
  return async (): Promise<VideoFrame> => {
    await new Promise((resolve) => setTimeout(resolve, 20 - ((Date.now() - opened) % 20)));
    return { pixels, number: Math.round((Date.now() - opened) / 20) };
  };
}
/** An engine that takes `milliseconds`, and says how many photos lie with it at once. */
function engine(milliseconds: number, answers: Result<LiveAnswer>[] = []) {
  const load = { now: 0, most: 0, requests: 0 };
  const analyse = async () => {
    load.requests += 1;
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    load.now -= 1;
    return answers.shift() ?? success(answer());
  };
  return { load, analyse };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks about the newest frame only, drops the others and counts them', async () => {
  const live = createLive();
  const { load, analyse } = engine(95);
  live.start(camera(), analyse);
  await vi.advanceTimersByTimeAsync(2050);
  expect(load.most).toBe(1);
  const { answered, dropped, framesPerSecond, milliseconds, analysis, spot } = live.store.getState();
  // 95 ms of work in a camera of 20 ms: every fifth frame.
  expect(answered).toBe(20);
  expect(dropped).toBe(4 * 19);
  expect(framesPerSecond).toBeCloseTo(10);
  expect(milliseconds).toBe(95);
  expect({ analysis, spot }).toEqual(answer());
  live.stop();
});

it('forgets all when it is stopped, also what was under way', async () => {
  const live = createLive();
  const before = live.store.getState();
  const { load, analyse } = engine(95);
  live.start(camera(), analyse);
  await vi.advanceTimersByTimeAsync(500);
  live.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(live.store.getState()).toEqual(before);
  expect(load.now).toBe(0);
  const { requests } = load;
  await vi.advanceTimersByTimeAsync(1000);
  expect(load.requests).toBe(requests);
});

it('shows why the newest frame got no answer, and goes on', async () => {
  const live = createLive();
  const { analyse } = engine(95, [success(answer()), failure('photo-blur', { value: 1 })]);
  live.start(camera(), analyse);
  await vi.advanceTimersByTimeAsync(230);
  expect(live.store.getState()).toMatchObject({
    analysis: null,
    spot: null,
    failure: { code: 'photo-blur' },
    answered: 2,
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(live.store.getState()).toMatchObject({ failure: null, answered: 3 });
  live.stop();
});

it('waits for a camera that was lost, and goes on when it is back', async () => {
  const live = createLive();
  const { load, analyse } = engine(95);
  const grab = camera();
  let lost = false;
  live.start(async () => (lost ? null : grab()), analyse);
  await vi.advanceTimersByTimeAsync(450);
  lost = true;
  await vi.advanceTimersByTimeAsync(10_000);
  const { requests } = load;
  const { dropped, analysis } = live.store.getState();
  expect(analysis).toBeNull();
  lost = false;
  await vi.advanceTimersByTimeAsync(800);
  expect(load.requests).toBeGreaterThan(requests);
  // The 500 frames that the camera showed while it was lost were not dropped by us.
  expect(live.store.getState().dropped - dropped).toBeLessThan(50);
  live.stop();
});

it('does not hammer on an engine that fails', async () => {
  const live = createLive();
  const { load, analyse } = engine(
    1,
    Array.from({ length: 100 }, () => failure('worker-died')),
  );
  live.start(camera(), analyse);
  await vi.advanceTimersByTimeAsync(5000);
  expect(load.requests).toBeLessThan(12);
  live.stop();
});

/** Skin with pores in a light that is brightest in the middle, and a darker round spot: its centre and radius. */
function skin(spot: { x: number; radius: number } | null, brightness = 1) {
  const side = 300;
  const data = new Uint8ClampedArray(4 * side * side);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const light = 0.55 + 0.5 * Math.exp(-((x / side - 0.5) ** 2 + (y / side - 0.5) ** 2) / 0.125);
    const inside = spot && Math.hypot(x / side - spot.x, y / side - 0.5) < spot.radius;
    const grain = 1 + 0.12 * Math.sin(x * 2.1) * Math.cos(y * 1.7);
    const scale = brightness * light * grain * (inside ? 0.55 : 1);
    data.set([215 * scale, 175 * scale, 150 * scale, 255], 4 * i);
  }
  return { width: side, height: side, channels: 4 as const, data };
}

it.each([
  ['bare skin in a lit middle', skin(null), 'photo-spot'],
  ['a spot at the edge', skin({ x: 0.82, radius: 0.12 }), 'photo-spot'],
  ['a spot that is too small', skin({ x: 0.5, radius: 0.04 }), 'photo-spot'],
  ['a spot in the dark', skin({ x: 0.5, radius: 0.15 }, 0.1), 'photo-dark'],
])('gives no numbers for %s', (_, pixels, code) => {
  const found = spotIn(pixels, 'phone');
  expect(found.ok ? null : found.failure.code).toBe(code);
});

it('finds the spot that is held into the middle', () => {
  const found = spotIn(skin({ x: 0.5, radius: 0.15 }), 'phone');
  expect(found.ok && found.value.extent).toBeCloseTo(0.3, 1);
});
