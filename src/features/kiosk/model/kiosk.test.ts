import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { failure, type Result, success } from '../../../core/failure';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import type { AnalyseRequest, BackendStatus, CallOptions } from '../../../engine/engine';
import { exampleLoaded, fakeEngine } from '../../../engine/testing/fake-engine';
import { textOf } from '../../../engine/testing/text-of';
import { createRuntime, type Runtime } from '../../../runtime/runtime';
import { createKiosk, type Kiosk } from './kiosk';

const gpu: BackendStatus = {
  name: 'webgpu',
  adapter: 'A GPU',
  software: false,
  threads: 0,
  skippedBackends: [],
};
const loaded = exampleLoaded({ id: exampleCard.id, backend: gpu });

const alive = new Set<string>();
/** What the server has, by its path. */
let files = new Map<string, string>();
let requests: { text: string; request: AnalyseRequest }[];
let answer: (text: string, options?: CallOptions) => Promise<Result<Analysis>>;
let workerRequests: number;
let pageRequests: number;
let runtime: Runtime;
let kiosk: Kiosk;
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  alive.clear();
  let urls = 0;
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    urls += 1;
    alive.add(`blob:${urls}`);
    return `blob:${urls}`;
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void alive.delete(url));
  requests = [];
  const drawn = [1, 2, 3].map((at) => ({ file: `drawn-${at}.jpg`, synthetic: true, diagnosis: 'nv' }));
  files = new Map([
    ['/drawn/list.json', JSON.stringify({ samples: drawn })],
    ...drawn.map(({ file }) => [`/drawn/${file}`, file] as const),
  ]);
  workerRequests = 7;
  pageRequests = 3;
  answer = async () => success(exampleAnalysis());
  const engine = fakeEngine({
    backend: async () => success(gpu),
    packages: async () => success([exampleCard]),
    load: async () => success(loaded),
    analyse: async (photo, request, options) => {
      const text = await textOf(photo);
      requests.push({ text, request });
      return answer(text, options);
    },
    diagnostics: async () =>
      success({
        tensors: 1,
        bytes: 4,
        allocated: null,
        inUse: null,
        packages: [],
        requests: { own: workerRequests, elsewhere: 0 },
      }),
  });
  runtime = createRuntime(engine);
  kiosk = createKiosk({
    engine,
    runtime,
    storage: { read: () => null, write: () => true },
    query: new URLSearchParams('timeout=30'),
    page: 'http://127.0.0.1/',
    fetch: async (url) => {
      const body = files.get(new URL(url).pathname);
      return new Response(body ?? null, { status: body === undefined ? 404 : 200 });
    },
    pageRequests: () => ({ own: pageRequests, elsewhere: 0 }),
  });
  stop = kiosk.start();
  await runtime.refresh();
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const gallery = () => kiosk.gallery.store.getState();
const firstId = () => gallery().samples[0]?.id ?? '';

describe('the gallery', () => {
  it('has an answer of the engine for every sample before the doors open', () => {
    expect(gallery().open).toBe(true);
    expect(gallery().samples.length).toBeGreaterThan(1);
    expect(gallery().samples.every(({ run }) => run.state === 'done')).toBe(true);
    expect(requests.map(({ text }) => text)).toEqual(gallery().samples.map(({ id }) => id));
    expect(requests.every(({ request }) => request.overruleGate)).toBe(true);
  });

  it('runs a sample again for the visitor who picks it', async () => {
    requests = [];
    await kiosk.gallery.trySample(firstId(), exampleCard);
    expect(requests).toHaveLength(1);
    expect(gallery().demoRun).toMatchObject({ sampleId: firstId(), run: { state: 'done' } });
    expect(kiosk.visit.store.getState().looks).toMatchObject([{ kind: 'drawing', sample: 1 }]);
  });

  it('opens again with other settings, and lets the old pictures go', async () => {
    const before = alive.size;
    kiosk.save({ ...kiosk.settings.getState().settings, samples: 'gone/' });
    await vi.advanceTimersByTimeAsync(0);
    expect(gallery()).toMatchObject({ open: true, failure: { reason: 'missing' } });
    expect(alive.size).toBe(before);
  });
});

describe('a folder of many samples', () => {
  const names = Array.from({ length: 14 }, (_, at) => `${at}.jpg`);

  it('opens with the answers for those on show, and goes on behind the visitor', async () => {
    requests = [];
    let finish = () => {};
    answer = (text) =>
      text === '12.jpg'
        ? new Promise((resolve) => {
            finish = () => resolve(success(exampleAnalysis()));
          })
        : Promise.resolve(success(exampleAnalysis()));
    files = new Map([
      ['/many/list.json', JSON.stringify({ samples: names.map((file) => ({ file, diagnosis: 'nv' })) })],
      ...names.map((name) => [`/many/${name}`, name] as const),
    ]);
    kiosk.save({ ...kiosk.settings.getState().settings, samples: 'many/' });
    await vi.advanceTimersByTimeAsync(0);
    expect(gallery()).toMatchObject({ open: true, failure: null });
    expect(gallery().samples.map(({ id }) => id)).toEqual(names.slice(0, 12));
    expect(gallery().further.map(({ run }) => run.state)).toEqual(['running', 'running']);
    expect(requests.map(({ request }) => request.background ?? false)).toEqual(
      names.slice(0, 13).map((_, at) => at > 11),
    );
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(gallery().further.map(({ run }) => run.state)).toEqual(['done', 'done']);
  });
});

describe('the first answer', () => {
  const first = exampleAnalysis({ createdAt: '2026-01-01T00:00:00.000Z' });

  it('is there before the outline, and stays beside the answer with it', async () => {
    let finish = () => {};
    answer = (_, options) => {
      const provisional = { packageId: exampleCard.id, analysis: first };
      options?.onProgress?.({ stage: 'segment', fraction: null, provisional });
      return new Promise((resolve) => {
        finish = () => resolve(success(exampleAnalysis()));
      });
    };
    const trying = kiosk.gallery.trySample(firstId(), exampleCard);
    await vi.advanceTimersByTimeAsync(0);
    expect(gallery().demoRun?.run).toMatchObject({ state: 'running', provisional: first });
    finish();
    await trying;
    expect(gallery().demoRun?.run).toMatchObject({
      state: 'done',
      analysis: exampleAnalysis(),
      provisional: first,
    });
    expect(requests.at(-1)?.request.answerFirst).toBe(true);
  });

  it('is not asked for of the samples on show: nobody waits for them', () => {
    expect(requests.map(({ request }) => request.answerFirst)).toEqual(requests.map(() => false));
    expect(requests.length).toBeGreaterThan(0);
  });
});

const spot = { x: 0.5, y: 0.5, extent: 0.3 };

describe('after the time-out', () => {
  it('nothing of a visitor is left: no picture, no answer, no choice', async () => {
    const urls = alive.size;
    kiosk.session.begin();
    kiosk.session.choose({ language: 'ko', packageId: 'other' });
    await kiosk.gallery.tryFrame(new Blob(['my arm']), exampleCard, spot);
    kiosk.session.go('inside');
    expect(kiosk.visit.store.getState().looks).toMatchObject([{ kind: 'camera' }]);
    expect(alive.size).toBe(urls + 1);
    expect(gallery().demoRun?.run.state).toBe('done');
    await vi.advanceTimersByTimeAsync(31_000);
    expect(gallery().demoRun).toBeNull();
    expect(kiosk.visit.store.getState()).toEqual({ looks: [], round: null });
    expect(alive.size).toBe(urls);
    expect(kiosk.session.store.getState()).toMatchObject({ screen: 'loop', language: null, packageId: null });
  });

  it('an answer that comes later is nobody’s', async () => {
    let signal: AbortSignal | undefined;
    answer = (_, options) => {
      signal = options?.signal;
      return new Promise((resolve) => {
        setTimeout(() => resolve(success(exampleAnalysis())), 60_000);
      });
    };
    kiosk.session.begin();
    void kiosk.gallery.tryFrame(new Blob(['my arm']), exampleCard, spot);
    kiosk.session.go('inside');
    await vi.advanceTimersByTimeAsync(31_000);
    expect(signal?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(gallery().demoRun).toBeNull();
  });
});

describe('a lost GPU', () => {
  it('is asked once more, and told', async () => {
    let calls = 0;
    answer = async () => {
      calls += 1;
      return calls === 1 ? failure('worker-died', {}) : success(exampleAnalysis());
    };
    await kiosk.gallery.trySample(firstId(), exampleCard);
    expect(gallery().demoRun?.run.state).toBe('done');
    expect(kiosk.recovery.store.getState()).toMatchObject({ times: 1, last: { code: 'worker-died' } });
  });

  it('is reported too where the engine itself ran the photo once more', async () => {
    const degradation = { stage: 'network' as const, failure: failure('device-lost').failure };
    answer = async () => success(exampleAnalysis({ degradations: [degradation] }));
    await kiosk.gallery.trySample(firstId(), exampleCard);
    expect(kiosk.recovery.store.getState()).toMatchObject({ times: 1, last: { code: 'device-lost' } });
  });

  it('that does not come back ends in a failure, not in a loop', async () => {
    requests = [];
    answer = async () => failure('device-lost', {});
    await kiosk.gallery.trySample(firstId(), exampleCard);
    expect(requests).toHaveLength(2);
    expect(gallery().demoRun?.run).toMatchObject({ state: 'failed', failure: { code: 'device-lost' } });
  });
});

describe('the count of requests', () => {
  const count = () => kiosk.requests.store.getState().count;

  it('is zero once everything is loaded, whatever was loaded before', async () => {
    await vi.advanceTimersByTimeAsync(6000);
    expect(count()).toEqual({ own: 0, elsewhere: 0 });
  });

  it('tells of requests of the page and of the worker', async () => {
    pageRequests += 1;
    workerRequests += 2;
    await vi.advanceTimersByTimeAsync(6000);
    expect(count()).toEqual({ own: 3, elsewhere: 0 });
  });

  it('forgets nothing when the worker was restarted', async () => {
    workerRequests = 2;
    await vi.advanceTimersByTimeAsync(6000);
    expect(count()).toEqual({ own: 2, elsewhere: 0 });
  });
});

it('keeps the PIN of the address, so that the next address cannot leave it out', () => {
  const stored = new Map<string, string>();
  const open = (query: string) =>
    createKiosk({
      engine: fakeEngine({}),
      runtime,
      storage: {
        read: (name) => stored.get(name) ?? null,
        write: (name, value) => Boolean(stored.set(name, value)),
      },
      query: new URLSearchParams(query),
      page: 'http://127.0.0.1/',
      fetch: async () => new Response(null, { status: 404 }),
      pageRequests: () => ({ own: 0, elsewhere: 0 }),
    });
  open('pin=2580&event=Fair');
  for (const query of ['', 'pin=', 'pin=1111']) {
    const { settings } = open(query).settings.getState();
    expect(settings).toMatchObject({ pin: '2580', event: '' });
  }
});
