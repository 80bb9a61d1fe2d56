import { describe, expect, it, vi } from 'vitest';
import { failure, success } from '../../../core/failure';
import { exampleCard } from '../../../core/fixtures/analysis';
import type { Engine } from '../../../engine/engine';
import { exampleLoaded, fakeEngine } from '../../../engine/testing/fake-engine';
import { addAfterTrial } from './trial';

const { id } = exampleCard;
const loaded = exampleLoaded({ id });

interface Situation {
  load?: Engine['load'];
  addPackage?: Engine['addPackage'];
  /** The ids that were added before. */
  earlier?: string[];
  limitMs?: number;
}

function trial({
  load = async () => success(loaded),
  addPackage = async () => success(exampleCard),
  earlier = [],
  limitMs,
}: Situation) {
  const close = vi.fn();
  const runtime = { add: vi.fn(async () => success(exampleCard)) };
  const open = () => fakeEngine({ load, close, addPackage, added: async () => success(earlier) });
  return { close, runtime, result: () => addAfterTrial([], runtime, open, limitMs) };
}

const never = () => new Promise<never>(() => {});

describe('a package that is added', () => {
  it('is taken in where it loads, and the engine of its trial is closed', async () => {
    const { result, runtime, close } = trial({});
    expect(await result()).toEqual(success(exampleCard));
    expect(runtime.add).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
  });

  it.each([
    ['never answers', { load: never }, { package: id }],
    ['is never checked to its end', { addPackage: never }, {}],
  ])('is not taken in where it %s, and its worker ends', async (_what, situation, named) => {
    const { result, runtime, close } = trial({ ...situation, limitMs: 20 });
    expect(await result()).toEqual(
      failure('added-broke', { ...named, problem: 'no answer within 0.02 seconds' }),
    );
    expect(runtime.add).not.toHaveBeenCalled();
    expect(close).toHaveBeenCalledOnce();
  });

  it.each(['worker-died', 'out-of-memory', 'internal'] as const)('is not taken in after %s', async (code) => {
    const { result, runtime } = trial({ load: async () => failure(code, { reason: 'why' }) });
    expect(await result()).toMatchObject({ failure: { code: 'added-broke', detail: { problem: 'why' } } });
    expect(runtime.add).not.toHaveBeenCalled();
  });

  it.each(['golden-failed', 'backend-unavailable', 'panel-incomplete'] as const)(
    'is taken in after %s',
    async (code) => {
      const { result, runtime } = trial({ load: async () => failure(code) });
      expect(await result()).toEqual(success(exampleCard));
      expect(runtime.add).toHaveBeenCalledOnce();
    },
  );

  it('is not tried where it was refused', async () => {
    const load = vi.fn(never);
    const { result, runtime } = trial({
      load,
      addPackage: async () => failure('added-invalid'),
      earlier: [id],
    });
    expect(await result()).toEqual(failure('added-invalid'));
    expect(load).not.toHaveBeenCalled();
    expect(runtime.add).not.toHaveBeenCalled();
  });
});

describe('in place of an earlier package of its id', () => {
  it('it is taken in where it loads', async () => {
    const { result, runtime } = trial({ earlier: [id] });
    expect(await result()).toEqual(success(exampleCard));
    expect(runtime.add).toHaveBeenCalledOnce();
  });

  it.each(['worker-died', 'golden-failed', 'backend-unavailable', 'panel-incomplete'] as const)(
    'it is not taken in after %s',
    async (code) => {
      const { result, runtime } = trial({
        earlier: [id],
        load: async () => failure(code, { difference: 2 }),
      });
      expect(await result()).toEqual(
        failure('added-earlier-stays', { package: id, problem: code, difference: 2 }),
      );
      expect(runtime.add).not.toHaveBeenCalled();
    },
  );

  it('it is not taken in where it never answers', async () => {
    const { result, runtime } = trial({ earlier: [id], load: never, limitMs: 20 });
    expect(await result()).toMatchObject({ failure: { code: 'added-earlier-stays' } });
    expect(runtime.add).not.toHaveBeenCalled();
  });
});
