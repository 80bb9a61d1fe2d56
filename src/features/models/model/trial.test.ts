import { describe, expect, it, vi } from 'vitest';
import { failure, success } from '../../../core/failure';
import { exampleCard } from '../../../core/fixtures/analysis';
import type { Engine } from '../../../engine/engine';
import { exampleLoaded, fakeEngine } from '../../../engine/testing/fake-engine';
import { addAfterTrial } from './trial';

const loaded = exampleLoaded({ id: exampleCard.id });

function trial(load: Engine['load'], limitMs?: number) {
  const close = vi.fn();
  const runtime = {
    add: vi.fn(async () => success(exampleCard)),
    remove: vi.fn(async () => success(null)),
  };
  const open = vi.fn(() => fakeEngine({ load, close }));
  return { close, runtime, open, result: () => addAfterTrial([], runtime, open, limitMs) };
}

describe('a package that is added', () => {
  it('stays where it loads, and the engine of its trial is closed', async () => {
    const { result, runtime, close } = trial(async () => success(loaded));
    expect(await result()).toEqual(success(exampleCard));
    expect(runtime.remove).not.toHaveBeenCalled();
    expect(close).toHaveBeenCalledOnce();
  });

  it('is taken away again where it never answers, with its worker', async () => {
    const { result, runtime, close } = trial(() => new Promise(() => {}), 20);
    expect(await result()).toEqual(
      failure('added-broke', { package: exampleCard.id, problem: 'no answer within 0.02 seconds' }),
    );
    expect(runtime.remove).toHaveBeenCalledWith(exampleCard.id);
    expect(close).toHaveBeenCalledOnce();
  });

  it.each(['worker-died', 'out-of-memory', 'internal'] as const)(
    'is taken away again after %s',
    async (code) => {
      const { result, runtime } = trial(async () => failure(code, { reason: 'why' }));
      expect(await result()).toMatchObject({ failure: { code: 'added-broke', detail: { problem: 'why' } } });
      expect(runtime.remove).toHaveBeenCalledOnce();
    },
  );

  it.each(['golden-failed', 'backend-unavailable', 'panel-incomplete'] as const)(
    'stays after %s',
    async (code) => {
      const { result, runtime } = trial(async () => failure(code));
      expect(await result()).toEqual(success(exampleCard));
      expect(runtime.remove).not.toHaveBeenCalled();
    },
  );

  it('is not tried where it was refused', async () => {
    const { result, runtime, open } = trial(async () => success(loaded));
    runtime.add.mockResolvedValueOnce(failure('added-invalid') as never);
    expect(await result()).toEqual(failure('added-invalid'));
    expect(open).not.toHaveBeenCalled();
  });
});
