import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TinyPackage } from '../testing/build-package';
import { goldenPackage } from '../testing/golden-package';
import { failureOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinyPackage } from '../testing/tiny-package';

let [first, second] = [] as unknown as [TinyPackage, TinyPackage];
const other = 'second';

beforeAll(async () => {
  first = await goldenPackage();
  second = await goldenPackage((logits) => tinyPackage(logits, { id: other }, [0.5, -0.5]));
});

type Opened = ReturnType<typeof openEngine>;

const idsOf = async ({ engine, next }: Opened) =>
  unwrapped(await engine.packages(next())).map(({ id }) => id);
const problemsOf = async ({ engine, next }: Opened) => unwrapped(await engine.packageProblems(next()));
const text = (body: string, status = 200) => new Response(body, { status });
const utf8 = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));

/** The next visit: the same server and the same storage, a new engine. */
function visitAgain(before: Opened, ...packages: TinyPackage[]): Opened {
  const after = openEngine(packages);
  for (const [url, bytes] of before.server.cached) after.server.cached.set(url, bytes);
  return after;
}

/** What may happen to one card, and what the page hears of it. */
const mishaps: [what: string, reply: () => Response | Promise<Response>, code: string, detail: object][] = [
  ['is missing', () => text('Not found.', 404), 'package-unavailable', { status: 404 }],
  ['is refused for the moment', () => text('Busy.', 503), 'package-unavailable', { status: 503 }],
  [
    'is a sign-in page',
    () => text('<!doctype html>'),
    'package-invalid',
    { problem: 'is a web page, not JSON' },
  ],
  ['is cut', () => text('{"id":'), 'package-invalid', { problem: 'is not JSON' }],
  ['lacks its fields', () => text('{"schema": 2}'), 'package-invalid', { package: other }],
  ['is null', () => text('null'), 'package-invalid', { package: other }],
  [
    'does not come',
    () => Promise.reject(new TypeError('Failed to fetch')),
    'package-unavailable',
    { reason: 'Failed to fetch' },
  ],
  ['is never answered', () => new Promise(() => {}), 'package-timeout', { seconds: 0.02 }],
];

describe('a card that', () => {
  test.each(mishaps)(
    '%s costs no other model anything, and is named with the reason',
    async (_, reply, code, detail) => {
      const opened = openEngine([first, second]);
      opened.server.limits = { answerMs: 20, pauseMs: 20 };
      opened.server.replies.set(`${other}/card.json`, reply);
      const { engine, next, analyse } = opened;
      expect(unwrapped(await engine.packages(next())).map(({ id }) => id)).toEqual([first.card.id]);
      expect(unwrapped(await engine.packageProblems(next()))).toEqual([
        { packageId: other, kept: false, failure: { code, detail: expect.objectContaining(detail) } },
      ]);
      expect((await analyse('200 120 90', { packageId: first.card.id })).ok).toBe(true);
      expect(failureOf(await engine.load(next(), other))?.code).toBe(code);
      opened.server.replies.clear();
      // Asking again is all that it takes.
      expect(unwrapped(await engine.packages(next())).map(({ id }) => id)).toEqual([first.card.id, other]);
      expect(unwrapped(await engine.packageProblems(next()))).toEqual([]);
      expect((await engine.load(next(), other)).ok).toBe(true);
    },
  );

  test.each(mishaps)('%s: a model that is kept works all the same', async (_, reply, code) => {
    const before = openEngine([first, second]);
    unwrapped(await before.engine.prefetch(before.next(), other));
    const opened = visitAgain(before, first, second);
    opened.server.limits = { answerMs: 40, pauseMs: 40 };
    opened.server.replies.set(`${other}/card.json`, reply);
    expect(await idsOf(opened)).toEqual([first.card.id, other]);
    expect(await problemsOf(opened)).toMatchObject([{ packageId: other, kept: true, failure: { code } }]);
    expect((await opened.engine.load(opened.next(), other)).ok).toBe(true);
  });
});

describe('a list that', () => {
  const lists: [string, () => Response | Promise<Response>][] = [
    ['is missing', () => text('Not found.', 404)],
    ['is refused for the moment', () => text('Busy.', 503)],
    ['is a sign-in page', () => text('<html><body>Sign in</body></html>')],
    ['is no list', () => text('[]')],
    ['is never answered', () => new Promise(() => {})],
    ['does not come', () => Promise.reject(new TypeError('Failed to fetch'))],
  ];

  test.each(lists)('%s: every model that is kept answers, and the problem is listed', async (_, reply) => {
    const before = openEngine([first, second]);
    unwrapped(await before.engine.prefetch(before.next(), other));
    const opened = visitAgain(before, first, second);
    opened.server.limits = { answerMs: 40, pauseMs: 40 };
    opened.server.replies.set('index.json', reply);
    expect(await idsOf(opened)).toEqual([first.card.id, other]);
    expect(await problemsOf(opened)).toMatchObject([{ packageId: null, kept: true }]);
    expect((await opened.engine.load(opened.next(), other)).ok).toBe(true);
  });

  test('is empty for once deletes nothing: what is kept answers, now and without network', async () => {
    const before = openEngine([first, second]);
    unwrapped(await before.engine.prefetch(before.next(), other));
    const empty = visitAgain(before);
    expect(await idsOf(empty)).toEqual([other]);
    expect(await problemsOf(empty)).toEqual([
      { packageId: other, kept: true, failure: { code: 'package-unknown', detail: { package: other } } },
    ]);
    expect((await empty.engine.load(empty.next(), other)).ok).toBe(true);
    const offline = visitAgain(empty);
    offline.server.online = false;
    expect(await idsOf(offline)).toEqual([other]);
    expect((await offline.engine.load(offline.next(), other)).ok).toBe(true);
  });

  test('names what is no id loses that entry alone', async () => {
    const opened = openEngine([first]);
    opened.server.put('index.json', utf8({ packages: [first.card.id, '../up', first.card.id, null] }));
    expect(await idsOf(opened)).toEqual([first.card.id]);
    expect((await problemsOf(opened)).map(({ packageId }) => packageId)).toEqual(['"../up"', 'null']);
  });

  test('was never had: the failure is that of the list', async () => {
    const opened = openEngine([first]);
    opened.server.replies.set('index.json', () => text('Busy.', 503));
    expect(failureOf(await opened.engine.packages(opened.next()))).toEqual({
      code: 'package-unavailable',
      detail: { file: 'index.json', status: 503 },
    });
    opened.server.replies.clear();
    expect(await idsOf(opened)).toEqual([first.card.id]);
  });
});

test('a new version whose files do not come leaves the earlier one for a time without network', async () => {
  const before = openEngine([first]);
  unwrapped(await before.engine.prefetch(before.next(), first.card.id));
  const newer = tinyPackage(first.card.golden.logits, { version: '2.0.0' }, [0.5, -0.5]);
  const during = visitAgain(before, newer);
  expect(unwrapped(await during.engine.packages(during.next()))[0]?.version).toBe('2.0.0');
  const offline = visitAgain(during, newer);
  offline.server.online = false;
  expect(unwrapped(await offline.engine.packages(offline.next()))[0]?.version).toBe(first.card.version);
  expect((await offline.engine.load(offline.next(), first.card.id)).ok).toBe(true);

  // Once the new one is here whole, the earlier one goes.
  unwrapped(await during.engine.prefetch(during.next(), first.card.id));
  const later = visitAgain(during, newer);
  expect(unwrapped(await later.engine.packages(later.next()))[0]?.version).toBe('2.0.0');
  const kept = [...later.server.cached.keys()].filter((url) => url.includes('/sha256/'));
  expect(kept).toHaveLength(new Set(newer.card.files.map(({ sha256 }) => sha256)).size);
});
