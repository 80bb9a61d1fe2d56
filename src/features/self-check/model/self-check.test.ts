import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { failure, type Result, success } from '../../../core/failure';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import type { AnalyseRequest } from '../../../engine/engine';
import type { OpenPhoto } from '../../../engine/input/opener';
import { exampleBackend, exampleLoaded, fakeEngine } from '../../../engine/testing/fake-engine';
import { createRuntime } from '../../../runtime/runtime';
import { symptoms } from './outcome';
import { createSelfCheck, type SelfCheck, stepsOf } from './self-check';

const loaded = exampleLoaded({ id: exampleCard.id, fromCache: false });
const analysis = exampleAnalysis();
const photo = new Blob(['a photo']);
const open: OpenPhoto = async (image) => success({ image, from: 'photo', dicom: null });

let requests: AnalyseRequest[];
let answerWith: (request: AnalyseRequest, signal?: AbortSignal) => Promise<Result<Analysis>>;
let check: SelfCheck;
const revoked = vi.spyOn(URL, 'revokeObjectURL');

beforeEach(() => {
  requests = [];
  answerWith = async () => success(analysis);
  revoked.mockClear();
  const engine = fakeEngine({
    backend: async () => success(exampleBackend),
    load: async () => success(loaded),
    analyse: (_photo, request, options) => {
      requests.push(request);
      return answerWith(request, options?.signal);
    },
  });
  check = createSelfCheck({ engine, runtime: createRuntime(engine) }, open);
});

const state = () => check.store.getState();

describe('the way through the questions', () => {
  test('every question once, then the photo, then the answer; and all the way back', () => {
    check.begin('lesion');
    const seen = [state().step];
    while (state().step !== 'answer') {
      check.next();
      seen.push(state().step);
    }
    expect(seen).toEqual(['about', 'place', 'special', ...symptoms, 'photo', 'answer']);
    check.next();
    expect(state().step).toBe('answer');
    for (let i = 0; i < seen.length; i++) check.back();
    expect(state().path).toBeNull();
  });

  test.each([[{ age: 17 }], [{ special: 'nail' }], [{ place: 'genital' }]] as const)(
    'no photo is asked for: %j',
    (change) => {
      check.begin('lesion');
      check.answer(change);
      expect(stepsOf(state())).not.toContain('photo');
    },
  );
});

describe('the photo', () => {
  beforeEach(async () => {
    check.begin('lesion');
    for (let i = 0; i < 3 + symptoms.length; i++) check.next();
    check.answer({ age: 30 });
    await check.takePhoto(photo, { name: 'spot.jpg', source: 'file' });
  });

  test('an answer moves on', async () => {
    await check.check(exampleCard);
    expect(state()).toMatchObject({ step: 'answer', run: { state: 'done' } });
  });

  test('nothing provisional is asked for: an outcome that is shown is final', async () => {
    await check.check(exampleCard);
    expect(requests[0]).not.toHaveProperty('answerFirst');
  });

  test('what the input gate refuses is a finding, and moves on; a fault stays to be tried again', async () => {
    answerWith = async () => failure('device-lost');
    await check.check(exampleCard);
    expect(state()).toMatchObject({ step: 'photo', run: { state: 'failed' } });
    answerWith = async () => failure('photo-dark');
    await check.check(exampleCard);
    expect(state()).toMatchObject({ step: 'answer', run: { failure: { code: 'photo-dark' } } });
  });

  test('cancelling keeps the photo and the answers', async () => {
    answerWith = (_, signal) =>
      new Promise((end) => signal?.addEventListener('abort', () => end(failure('cancelled'))));
    const done = check.check(exampleCard);
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    check.cancel(exampleCard);
    await done;
    expect(state()).toMatchObject({ step: 'photo', run: { failure: { code: 'cancelled' } } });
    expect(state().photo).not.toBeNull();
  });

  test('another answer takes away what the model said of the ones before', async () => {
    await check.check(exampleCard);
    check.answer({ age: 31 });
    expect(state().run).toBeNull();
  });

  test('forgetting leaves nothing, not even the picture in memory', async () => {
    const url = state().photo?.url;
    check.forget();
    expect(revoked).toHaveBeenCalledWith(url);
    expect(check.image()).toBeNull();
    expect(state()).toMatchObject({ path: null, photo: null, run: null, answers: { age: null } });
  });

  test('an answer that comes after everything was forgotten is dropped', async () => {
    let end: (result: Result<Analysis>) => void = () => {};
    answerWith = () => new Promise((resolve) => (end = resolve));
    const done = check.check(exampleCard);
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    check.forget();
    end(success(analysis));
    await done;
    expect(state()).toMatchObject({ path: null, run: null });
  });
});
