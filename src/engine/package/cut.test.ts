import '@tensorflow/tfjs-backend-cpu';
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TinyPackage } from '../testing/build-package';
import { goldenPackage } from '../testing/golden-package';
import { failureOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinyPackage } from '../testing/tiny-package';

/** The network fails at each file of a package in turn. Another package, with its own files, stands beside it. */

let [first, second] = [] as unknown as [TinyPackage, TinyPackage];
const id = 'second';

beforeAll(async () => {
  first = await goldenPackage();
  second = await goldenPackage((logits) => withOwnGraph(tinyPackage(logits, { id }, [0.5, -0.5], 2)));
});

/** A file that both have would come from the cache. */
function withOwnGraph({ card, files }: TinyPackage): TinyPackage {
  const path = 'model.json';
  const model = new TextEncoder().encode(`${new TextDecoder().decode(files.get(path))} `);
  const sha256 = createHash('sha256').update(model).digest('hex');
  const own = {
    ...card,
    files: card.files.map((file) => (file.path === path ? { path, bytes: model.length, sha256 } : file)),
  };
  const written = new TextEncoder().encode(JSON.stringify(own));
  return { card: own, files: new Map([...files, [path, model], ['card.json', written]]) };
}

const files = ['card.json', 'model.json', 'group1-shard1of2.bin', 'group1-shard2of2.bin'];

type Reply = () => Response | Promise<Response>;
const ways: [what: string, reply: (bytes: Uint8Array<ArrayBuffer>) => Reply][] = [
  ['is refused', () => () => Promise.reject(new TypeError('Failed to fetch'))],
  ['breaks at the first byte', () => () => new Response(cut(new Uint8Array(0)))],
  ['breaks in the middle', (bytes) => () => new Response(cut(bytes.slice(0, bytes.length / 2)))],
  ['is never answered', () => () => new Promise(() => {})],
  ['stops in the middle', (bytes) => () => new Response(stopping(bytes.slice(0, bytes.length / 2)))],
  ['is answered with half a file', (bytes) => () => new Response(bytes.slice(0, bytes.length / 2))],
  ['is answered with a sign-in page', () => () => new Response('<!doctype html>')],
  ['is answered with 503', () => () => new Response('Busy.', { status: 503 })],
];

const cut = (bytes: Uint8Array<ArrayBuffer>) => {
  let sent = bytes.length === 0;
  return new ReadableStream({
    pull(controller) {
      // What was sent arrives before the break is felt.
      if (sent) return controller.error(new TypeError('network error'));
      sent = true;
      controller.enqueue(bytes);
    },
  });
};
const stopping = (bytes: Uint8Array<ArrayBuffer>) =>
  new ReadableStream({ start: (controller) => controller.enqueue(bytes) });

describe.each(files)('%s', (file) => {
  test.each(ways)(
    '%s: it and its package are named, nothing half counts as kept, others answer, a retry has all',
    async (_, reply) => {
      for (const how of ['load', 'prefetch'] as const) {
        const { engine, server, next, analyse } = openEngine([first, second]);
        server.limits = { answerMs: 40, pauseMs: 40 };
        server.replies.set(`${id}/${file}`, reply(second.files.get(file) ?? new Uint8Array()));
        const [failed, beside] = await Promise.all([
          engine[how](next(), id),
          analyse('200 120 90', { packageId: first.card.id }),
        ]);
        expect(failureOf(failed)).toMatchObject({
          code: expect.stringMatching(/^package-(unavailable|timeout|corrupt|invalid)$/),
          detail: { package: id, file },
        });
        expect(beside.ok).toBe(true);
        expect(unwrapped(await engine.cached(next()))).not.toContain(id);
        for (const [url, bytes] of server.cached) {
          const [, hash] = /\/sha256\/(.+)$/.exec(url) ?? [];
          if (hash) expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
        }

        server.replies.clear();
        unwrapped(await engine.packages(next()));
        expect(failureOf(await engine[how](next(), id))).toBeNull();
        expect((await analyse('200 120 90', { packageId: id })).ok).toBe(true);
        unwrapped(await engine.prefetch(next(), id));
        expect(unwrapped(await engine.cached(next()))).toContain(id);
        expect([...server.cached.keys()].filter((url) => url.includes('/partial/'))).toEqual([]);
      }
    },
  );
});
