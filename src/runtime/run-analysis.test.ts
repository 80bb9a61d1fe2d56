import { expect, test } from 'vitest';
import type { Analysis } from '../core/analysis';
import { failure, type Result, success } from '../core/failure';
import { exampleAnalysis } from '../core/fixtures/analysis';
import type { Engine } from '../engine/engine';
import { exampleBackend, exampleLoaded, fakeEngine } from '../engine/testing/fake-engine';
import { failureKind } from './failure-kind';
import { runAnalyses, runAnalysis } from './run-analysis';
import { createRuntime } from './runtime';

const photo = new Blob(['a']);
const analysis = exampleAnalysis();

/** Services whose engine notes its calls; packages named "broken" do not load. */
function open(overrides: Partial<Engine> = {}) {
  const calls: string[] = [];
  const engine = fakeEngine({
    backend: async () => {
      calls.push('backend');
      return success(exampleBackend);
    },
    packages: async () => success([]),
    load: async (id) => {
      calls.push(`load ${id}`);
      return id === 'broken' ? failure('package-corrupt') : success(exampleLoaded({ id }));
    },
    analyse: async (_photo, { packageId }) => {
      calls.push(`analyse ${packageId}`);
      return success(analysis);
    },
    analyseAll: async (_photo, { packageIds }) => {
      calls.push(`analyse ${packageIds.join(' and ')}`);
      return success(packageIds.map((packageId) => ({ packageId, answer: success(analysis) })));
    },
    ...overrides,
  });
  return { services: { engine, runtime: createRuntime(engine) }, calls };
}

test('a package is loaded for the first photo and not again', async () => {
  const { services, calls } = open();
  for (let photos = 0; photos < 3; photos++) await runAnalysis(services, photo, { packageId: 'a' });
  expect(calls).toEqual(['load a', 'analyse a', 'analyse a', 'analyse a']);
});

test('several packages share one call; one that does not load fails alone, and first', async () => {
  const { services, calls } = open();
  const order: string[] = [];
  const answers = await runAnalyses(
    services,
    photo,
    { packageIds: ['a', 'broken', 'b'] },
    { onAnswer: ({ packageId }) => order.push(packageId) },
  );
  expect(order).toEqual(['broken', 'a', 'b']);
  expect(answers.map(({ packageId, answer }) => [packageId, answer.ok])).toEqual([
    ['broken', false],
    ['a', true],
    ['b', true],
  ]);
  expect(calls).toContain('analyse a and b');
});

test('an answer before the outline goes to who wants it, and is no progress', async () => {
  const first = { packageId: 'a', analysis };
  const { services } = open({
    analyse: async (_photo, _request, options) => {
      options?.onProgress?.({ stage: 'segment', fraction: null, provisional: first });
      return success(exampleAnalysis());
    },
  });
  const stages: unknown[] = [];
  const provisional: unknown[] = [];
  await runAnalyses(
    services,
    photo,
    { packageIds: ['a'], answerFirst: true },
    {
      onProgress: (progress) => stages.push(progress),
      onProvisional: (answer) => provisional.push(answer),
    },
  );
  expect(provisional).toEqual([first]);
  expect(stages.at(-1)).toEqual({ stage: 'segment', fraction: null });
});

test('a failure of the whole call is the answer of every package', async () => {
  const { services } = open({ analyseAll: async () => failure('file-unreadable') });
  const answers = await runAnalyses(services, photo, { packageIds: ['a', 'b'] });
  expect(answers.map(({ answer }) => answer)).toEqual([
    failure('file-unreadable'),
    failure('file-unreadable'),
  ]);
});

test('giving up during a load answers at once and leaves the load to others', async () => {
  let end = (_answer: Result<never>) => {};
  const loading = new Promise<Result<never>>((resolve) => {
    end = resolve;
  });
  const { services, calls } = open({ load: () => loading });
  const controller = new AbortController();
  const run = runAnalysis(services, photo, { packageId: 'a' }, { signal: controller.signal });
  controller.abort();
  expect(await run).toEqual(failure('cancelled'));
  expect(services.runtime.store.getState().packages.a?.state).toBe('loading');
  expect(calls).toEqual([]);
  end(failure('cancelled'));
});

test.each<[string, Result<Analysis>, boolean]>([
  ['an answer of the back end on show', success(analysis), false],
  ['an answer of another back end', success(exampleAnalysis({ provenance: onGpu() })), true],
  ['a lost device', failure('device-lost'), true],
  ['a photo that the quality gate refuses', failure('photo-dark'), false],
  ['a cancelled run', failure('cancelled'), false],
])('looks at the back end again after a run only where it may have moved: %s', async (_, answer, moved) => {
  const { services, calls } = open({ analyse: async () => answer });
  await services.runtime.refreshBackend();
  await runAnalysis(services, photo, { packageId: 'a' });
  expect(calls.filter((call) => call === 'backend')).toHaveLength(moved ? 2 : 1);
});

test('a failure says whether the next photo would fail too', () => {
  const kinds = (['cancelled', 'photo-blur', 'worker-died', 'golden-failed', 'file-unreadable'] as const).map(
    (code) => failureKind(failure(code).failure),
  );
  expect(kinds).toEqual(['cancelled', 'photo', 'lost', 'engine', 'file']);
});

function onGpu(): Analysis['provenance'] {
  return { ...analysis.provenance, backend: 'webgpu' };
}
