// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useCamera } from './use-camera';

const canvas = vi.hoisted(() => ({ withheld: false }));
vi.mock('../../engine/input/withheld', () => ({ pixelsWithheld: () => canvas.withheld }));
vi.mock('./frames', () => ({
  grabPhoto: async () => ({ ok: true, value: 'photo' }),
  centreFrame: () => 'frame',
}));

afterEach(() => {
  canvas.withheld = false;
  vi.unstubAllGlobals();
});

class Track extends EventTarget {
  muted = false;
  getSettings = () => ({ deviceId: 'rear', facingMode: 'environment' });
  stop() {}
  say(event: 'mute' | 'unmute') {
    this.muted = event === 'mute';
    act(() => void this.dispatchEvent(new Event(event)));
  }
}

/** A camera that is on, its track, and the video that shows it. */
async function cameraOn() {
  const track = new Track();
  const stream = { getVideoTracks: () => [track], getTracks: () => [track] };
  vi.stubGlobal('OffscreenCanvas', class {});
  vi.stubGlobal('navigator', {
    mediaDevices: { getUserMedia: async () => stream, enumerateDevices: async () => [] },
  });
  const { result } = renderHook(() => useCamera());
  const video = { srcObject: null, play: vi.fn(async () => {}) };
  act(() => void result.current.attach(video as unknown as HTMLVideoElement));
  await vi.waitFor(() => expect(result.current.current.state).toBe('on'));
  return { track, video, camera: () => result.current };
}

test('a camera that is muted is interrupted: it gives no frame and no photo', async () => {
  const { track, camera } = await cameraOn();
  expect(camera().frame(8)).toBe('frame');
  track.say('mute');
  expect(camera().current).toEqual({ state: 'interrupted', deviceId: 'rear', facing: 'environment' });
  expect(camera().frame(8)).toBeNull();
  expect(await camera().grab()).toMatchObject({ ok: false, failure: { code: 'camera-lost' } });
});

test('it comes back by itself, and the video that was paused plays', async () => {
  const { track, video, camera } = await cameraOn();
  track.say('mute');
  video.play.mockClear();
  track.say('unmute');
  expect(camera().current.state).toBe('on');
  expect(video.play).toHaveBeenCalled();
  expect(camera().frame(8)).toBe('frame');
});

test('where the browser withholds pixels the camera is not asked for', async () => {
  canvas.withheld = true;
  const getUserMedia = vi.fn();
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  const { result } = renderHook(() => useCamera());
  expect(result.current.current).toMatchObject({ state: 'failed', failure: { code: 'pixels-withheld' } });
  expect(getUserMedia).not.toHaveBeenCalled();
});
