import { afterEach, describe, expect, it, vi } from 'vitest';
import { openBitmap } from './open-bitmap';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
const bitmap = () => ({ width: 1, height: 1, close: vi.fn() });

describe('a picture that the browser opens', () => {
  it('comes as it is', async () => {
    const opened = bitmap();
    vi.stubGlobal('createImageBitmap', async () => opened);
    expect(await openBitmap(new Blob())).toBe(opened);
    expect(opened.close).not.toHaveBeenCalled();
  });

  it('fails as the browser fails', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('broken')));
    await expect(openBitmap(new Blob())).rejects.toThrow('broken');
  });

  it('is given up after a minute, and freed where it comes later', async () => {
    vi.useFakeTimers();
    const late = bitmap();
    let come = (_bitmap: unknown) => {};
    vi.stubGlobal(
      'createImageBitmap',
      () =>
        new Promise((resolve) => {
          come = resolve;
        }),
    );
    const opened = openBitmap(new Blob());
    const refused = expect(opened).rejects.toThrow('it was not open after 60 seconds');
    await vi.advanceTimersByTimeAsync(60_000);
    await refused;
    come(late);
    await vi.advanceTimersByTimeAsync(0);
    expect(late.close).toHaveBeenCalledOnce();
  });
});
