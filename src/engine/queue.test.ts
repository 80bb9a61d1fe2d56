import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TinyPackage } from './testing/build-package';
import { goldenPackage } from './testing/golden-package';
import { failureOf, openEngine, unwrapped } from './testing/open-engine';
import { tinyPackage } from './testing/tiny-package';

const other = 'second';
const model = `${other}/model.json`;
const shard = `${other}/group1-shard2of2.bin`;
let first: TinyPackage;
let second: TinyPackage;

beforeAll(async () => {
  first = await goldenPackage();
  second = await goldenPackage((logits) => tinyPackage(logits, { id: other }, [0.5, -0.5]));
});

/** A server that holds a file back until it is let go. */
function open(held: string) {
  const opened = openEngine([first, second]);
  const { server } = opened;
  let asked = () => {};
  const wanted = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const letGo: (() => void)[] = [];
  let requests = 0;
  server.replies.set(held, () => {
    requests += 1;
    asked();
    const bytes = second.files.get(held.split('/')[1] ?? '');
    return new Promise((resolve) => letGo.push(() => resolve(new Response(bytes))));
  });
  return {
    ...opened,
    wanted,
    requests: () => requests,
    letGo: () => {
      for (const go of letGo) go();
    },
  };
}

const photo = '200 120 90';

describe.each([
  ['model.json', model],
  ['a shard', shard],
])('while %s of one model is on its way', (_, held) => {
  test('every other model answers, and then so does this one', async () => {
    const { engine, next, analyse, wanted, letGo } = open(held);
    const loading = engine.load(next(), other);
    await wanted;
    expect((await analyse(photo, { packageId: first.card.id })).ok).toBe(true);
    expect((await engine.diagnostics(next())).ok).toBe(true);
    letGo();
    expect((await loading).ok).toBe(true);
    expect((await analyse(photo, { packageId: other })).ok).toBe(true);
  });

  test('a photo that waits for it holds up no other photo, nor the change of back end', async () => {
    const { engine, next, analyse, wanted, letGo } = open(held);
    const waiting = analyse(photo, { packageId: other });
    await wanted;
    expect((await engine.pinBackend(next(), 'wasm')).ok).toBe(true);
    expect((await analyse(photo, { packageId: first.card.id })).ok).toBe(true);
    letGo();
    expect(unwrapped(await waiting).provenance.packageId).toBe(other);
  });

  test('whoever wants the same model shares the download; one who gives up takes it from nobody', async () => {
    const { engine, next, analyse, wanted, letGo, requests } = open(held);
    const call = next();
    const loading = engine.load(call, other);
    await wanted;
    const waiting = analyse(photo, { packageId: other });
    await engine.diagnostics(next());
    engine.cancel(call);
    expect(failureOf(await loading)?.code).toBe('cancelled');
    letGo();
    expect((await waiting).ok).toBe(true);
    expect(requests()).toBe(1);
  });

  test('given up by all, it ends at once and leaves no tensor', async () => {
    const { engine, next, wanted, analyse } = open(held);
    await engine.diagnostics(next());
    const before = tf.memory().numTensors;
    const calls = [next(), next()];
    const answers = [engine.load(calls[0] as number, other), analyse(photo, { packageId: other }, calls[1])];
    await wanted;
    for (const call of calls) engine.cancel(call);
    for (const answer of await Promise.all(answers)) expect(failureOf(answer)?.code).toBe('cancelled');
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a server that', () => {
  test('never answers is given up with a sentence, and the next try works', async () => {
    const { engine, server, next } = open(shard);
    server.limits = { answerMs: 20, pauseMs: 20 };
    expect(failureOf(await engine.load(next(), other))).toEqual({
      code: 'package-timeout',
      detail: { package: other, file: 'group1-shard2of2.bin', seconds: 0.02 },
    });
    server.replies.clear();
    expect((await engine.load(next(), other)).ok).toBe(true);
  });

  test('stops in the middle is given up too, and the next try goes on from there', async () => {
    const { engine, server, next } = open(shard);
    const bytes = second.files.get('group1-shard2of2.bin') ?? new Uint8Array();
    server.limits = { answerMs: 20, pauseMs: 20 };
    const stalled = new ReadableStream({ start: (controller) => controller.enqueue(bytes.slice(0, 40)) });
    server.replies.set(shard, () => new Response(stalled));
    expect(failureOf(await engine.prefetch(next(), other))?.code).toBe('package-timeout');
    server.replies.clear();
    expect((await engine.prefetch(next(), other)).ok).toBe(true);
    expect(server.requests.at(-1)).toBe(`${shard} from 40`);
  });
});
