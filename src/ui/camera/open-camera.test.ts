import { describe, expect, test } from 'vitest';
import { listCameras, openCamera, stopStream } from './open-camera';

const anyCamera = { deviceId: null, facing: 'environment' } as const;

function sourceThat(getUserMedia: (options?: MediaStreamConstraints) => Promise<MediaStream>) {
  return { getUserMedia, enumerateDevices: async () => [] };
}

describe('a camera that cannot be had is a value with a remedy', () => {
  test.each([
    ['NotAllowedError', 'camera-denied'],
    ['NotFoundError', 'camera-absent'],
    ['OverconstrainedError', 'camera-absent'],
    ['NotReadableError', 'camera-busy'],
    ['TypeError', 'camera-unsupported'],
  ] as const)('%s', async (name, code) => {
    const source = sourceThat(() => Promise.reject(Object.assign(new Error('no'), { name })));
    expect(await openCamera(anyCamera, source)).toMatchObject({ ok: false, failure: { code } });
  });

  test('a page without cameras', async () => {
    expect(await openCamera(anyCamera, null)).toMatchObject({ failure: { code: 'camera-unsupported' } });
    expect(await listCameras(null)).toEqual([]);
  });
});

test('the rear camera is asked for, or exactly the one chosen; never sound', async () => {
  const requests: (MediaStreamConstraints | undefined)[] = [];
  const source = sourceThat(async (options) => {
    requests.push(options);
    return {} as MediaStream;
  });
  await openCamera(anyCamera, source);
  await openCamera({ deviceId: 'two', facing: 'environment' }, source);
  expect(requests).toMatchObject([
    { audio: false, video: { facingMode: { ideal: 'environment' } } },
    { audio: false, video: { deviceId: { exact: 'two' } } },
  ]);
});

test('stopping stops every track', () => {
  const stopped: number[] = [];
  const tracks = [1, 2].map((id) => ({ stop: () => stopped.push(id) }));
  stopStream({ getTracks: () => tracks } as unknown as MediaStream);
  expect(stopped).toEqual([1, 2]);
});
