import { createHash } from 'node:crypto';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PackageFile } from '../engine';
import type { TinyPackage } from '../testing/build-package';
import type { FakeServer } from '../testing/fake-server';
import { goldenPackage } from '../testing/golden-package';
import { failureOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinyPackage } from '../testing/tiny-package';

const id = 'my-own';
let offered: TinyPackage;
let mine: TinyPackage;

beforeAll(async () => {
  offered = await goldenPackage();
  mine = await goldenPackage((logits) => tinyPackage(logits, { id }));
});

const filesOf = (
  tiny: TinyPackage,
  change: Record<string, Uint8Array<ArrayBuffer> | null> = {},
): PackageFile[] =>
  Object.entries({ ...Object.fromEntries(tiny.files), ...change }).flatMap(([name, bytes]) =>
    bytes ? [{ name, data: new Blob([bytes]) }] : [],
  );

type Nodes = { name: string; op: string; input?: string[]; attr?: object }[];

/** The files of a package whose graph was changed, with a card that describes them as they are. */
function repacked(tiny: TinyPackage, change: (nodes: Nodes) => void) {
  const model = JSON.parse(new TextDecoder().decode(tiny.files.get('model.json')));
  change(model.modelTopology.node);
  const bytes = new TextEncoder().encode(JSON.stringify(model));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const files = tiny.card.files.map((file) =>
    file.path === 'model.json' ? { ...file, bytes: bytes.length, sha256 } : file,
  );
  const card = new TextEncoder().encode(JSON.stringify({ ...tiny.card, files }));
  return { 'model.json': bytes, 'card.json': card };
}

const at = (nodes: Nodes, name: string) => nodes.find((node) => node.name === name) as Nodes[number];

const hostile: [what: string, change: (nodes: Nodes) => void, problem: unknown][] = [
  [
    'with an operation that nobody knows',
    (nodes) => Object.assign(at(nodes, 'mean'), { op: 'Magic' }),
    expect.stringMatching(/^model\.json: modelTopology\.node\.\d+\.op: "mean" is the operation "Magic"/),
  ],
  [
    'with a graph that runs in a circle',
    (nodes) => Object.assign(at(nodes, 'features'), { input: ['cam', 'conv/weight', 'conv/bias'] }),
    expect.stringMatching(/^model\.json: modelTopology\.node\.\d+\.input: "\w+" is behind a circle/),
  ],
  [
    'with an input that is missing',
    (nodes) => Object.assign(at(nodes, 'mean'), { input: ['features', 'nowhere'] }),
    expect.stringMatching(/^model\.json: modelTopology\.node\.\d+\.input\.1: "mean" needs "nowhere"/),
  ],
];

const idsOf = (cards: { id: string }[]) => cards.map((card) => card.id);

describe('a package that the user adds', () => {
  test('stands beside those of the site, answers, and asks no server for anything', async () => {
    const { engine, server, next, analyse } = openEngine([offered]);
    expect(unwrapped(await engine.addPackage(next(), filesOf(mine))).id).toBe(id);
    expect(idsOf(unwrapped(await engine.packages(next())))).toEqual([offered.card.id, id]);
    expect(unwrapped(await engine.added(next()))).toEqual([id]);
    const analysis = unwrapped(await analyse('200 120 90', { packageId: id }));
    expect(analysis.provenance.packageId).toBe(id);
    expect(server.requests.filter((path) => path.startsWith(id))).toEqual([]);
  });

  test('is still there at the next visit', async () => {
    const first = openEngine([offered]);
    await first.engine.addPackage(first.next(), filesOf(mine));
    const second = openEngine([offered]);
    for (const [url, bytes] of first.server.cached) second.server.cached.set(url, bytes);
    expect(unwrapped(await second.engine.added(second.next()))).toEqual([id]);
    expect((await second.engine.load(second.next(), id)).ok).toBe(true);
  });

  test('is gone once it is removed, card, files and tensors', async () => {
    const { engine, server, next } = openEngine([offered]);
    unwrapped(await engine.load(next(), offered.card.id));
    const [tensors, cachedBefore] = [tf.memory().numTensors, new Set(server.cached.keys())];
    await engine.addPackage(next(), filesOf(mine));
    unwrapped(await engine.load(next(), id));
    unwrapped(await engine.removePackage(next(), id));
    expect(idsOf(unwrapped(await engine.packages(next())))).toEqual([offered.card.id]);
    expect(tf.memory().numTensors).toBe(tensors);
    const left = [...server.cached.keys()].filter(
      (url) => !cachedBefore.has(url) && !url.includes('/golden/'),
    );
    expect(left).toEqual([]);
    expect(failureOf(await engine.removePackage(next(), offered.card.id))?.code).toBe('package-unknown');
  });

  test('whose files the browser has lost says so instead of asking a server', async () => {
    const { engine, server, next } = openEngine([offered]);
    await engine.addPackage(next(), filesOf(mine));
    for (const { sha256 } of mine.card.files) {
      server.cached.delete(new URL(`/sha256/${sha256}`, server.models).href);
    }
    expect(failureOf(await engine.load(next(), id))).toEqual({ code: 'added-gone', detail: { package: id } });
    expect(server.requests.filter((path) => path.startsWith(id))).toEqual([]);
  });

  test('with a wrong golden sample is taken in and refused when it is to run', async () => {
    const wrong = tinyPackage([9, 9], { id });
    const { engine, next } = openEngine([offered]);
    unwrapped(await engine.addPackage(next(), filesOf(wrong)));
    expect(failureOf(await engine.load(next(), id))?.code).toBe('golden-failed');
  });
});

describe('a package is refused, with the reason,', () => {
  const refusal = async (files: PackageFile[], full = false) => {
    const { engine, server, next } = openEngine([offered]);
    await engine.packages(next());
    server.storageFull = full;
    const failure = failureOf(await engine.addPackage(next(), files));
    expect(unwrapped(await engine.added(next()))).toEqual([]);
    return failure;
  };
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const tampered = () => (mine.files.get('group1-shard1of2.bin') ?? new Uint8Array()).map((byte) => byte ^ 1);

  test.each([
    [
      'with no card',
      () => ({ 'card.json': null }),
      'added-absent',
      { files: expect.stringContaining('model.json') },
    ],
    [
      'with a card that is not JSON',
      () => ({ 'card.json': new TextEncoder().encode('{') }),
      'added-invalid',
      { problem: 'card.json: is not JSON' },
    ],
    [
      'with a card that lacks a field',
      () => ({ 'card.json': json({ ...mine.card, golden: undefined }) }),
      'added-invalid',
      { problem: expect.stringMatching(/^card.json: golden: /) },
    ],
    [
      'that names an output which its graph has not',
      () => ({ 'card.json': json({ ...mine.card, outputs: { logits: 'nowhere' }, ood: null }) }),
      'added-invalid',
      { problem: 'model.json: has no node "nowhere"' },
    ],
    ['with a file missing', () => ({ 'model.json': null }), 'added-incomplete', { file: 'model.json' }],
    [
      'with a bit flipped in its weights',
      () => ({ 'group1-shard1of2.bin': tampered() }),
      'added-tampered',
      { file: 'group1-shard1of2.bin', sha256: expect.any(String), card: expect.any(String) },
    ],
    [
      'with a file of another length',
      () => ({ 'model.json': json({}) }),
      'added-tampered',
      { file: 'model.json', bytes: 2, card: expect.any(Number) },
    ],
  ])('%s', async (_what, change, code, detail) => {
    expect(await refusal(filesOf(mine, change()))).toEqual({ code, detail });
  });

  test.each(hostile)('%s', async (_what, change, problem) => {
    const failure = await refusal(filesOf(mine, repacked(mine, change)));
    expect(failure).toEqual({ code: 'added-invalid', detail: { problem } });
  });

  test('under an id that the site has', async () => {
    expect(await refusal(filesOf(offered))).toEqual({
      code: 'added-exists',
      detail: { package: offered.card.id },
    });
  });

  test('where the browser has no room', async () => {
    expect((await refusal(filesOf(mine), true))?.code).toBe('storage-full');
  });
});

describe('an earlier package of the same id', () => {
  /** A sound one, of another version and with other weights. */
  const later = () => goldenPackage((logits) => tinyPackage(logits, { id, version: '2.0.0' }, [0.5, -0.5]));
  const versionOf = async ({ engine, next }: ReturnType<typeof openEngine>) =>
    unwrapped(await engine.packages(next())).find((card) => card.id === id)?.version;
  const reopened = (server: FakeServer) => {
    const visit = openEngine([offered]);
    for (const [url, bytes] of server.cached) visit.server.cached.set(url, bytes);
    return visit;
  };
  const withMine = async () => {
    const visit = openEngine([offered]);
    unwrapped(await visit.engine.addPackage(visit.next(), filesOf(mine)));
    return visit;
  };
  const answersAsBefore = async (visit: ReturnType<typeof openEngine>) => {
    expect(await versionOf(visit)).toBe(mine.card.version);
    unwrapped(await visit.engine.load(visit.next(), id));
  };

  test('gives way to one that is sound', async () => {
    const visit = await withMine();
    unwrapped(await visit.engine.load(visit.next(), id));
    unwrapped(await visit.engine.addPackage(visit.next(), filesOf(await later())));
    expect(await versionOf(visit)).toBe('2.0.0');
    unwrapped(await visit.engine.load(visit.next(), id));
  });

  test.each([
    ['whose card is broken', { 'card.json': new TextEncoder().encode('{') }],
    ['of which a file is missing', { 'model.json': null }],
    ['of which a file was changed', { 'group1-shard1of2.bin': new Uint8Array(3) }],
  ])('stays beside a second one %s', async (_what, change) => {
    const visit = await withMine();
    expect((await visit.engine.addPackage(visit.next(), filesOf(await later(), change))).ok).toBe(false);
    await answersAsBefore(visit);
    await answersAsBefore(reopened(visit.server));
  });

  test('stays while a second one is tried, and after a trial that ends in whatever way', async () => {
    const visit = await withMine();
    const before = new Map(visit.server.cached);
    const trial = openEngine([offered], {}, undefined, { trial: true, server: visit.server });
    const wrong = tinyPackage([9, 9], { id, version: '2.0.0' });
    unwrapped(await trial.engine.addPackage(trial.next(), filesOf(wrong)));
    expect(await versionOf(trial)).toBe('2.0.0');
    expect(failureOf(await trial.engine.load(trial.next(), id))?.code).toBe('golden-failed');
    expect(visit.server.cached).toEqual(before);
    await answersAsBefore(visit);
    await answersAsBefore(reopened(visit.server));
  });

  test('stays where the tab is closed, or the disk full, before the last file of a second one', async () => {
    const visit = await withMine();
    const second = await later();
    // As far as a tab gets that is closed during the write: some files, and no card.
    const { cached, models } = visit.server;
    const [file] = second.card.files;
    cached.set(new URL(`/sha256/${file?.sha256}`, models).href, second.files.get(file?.path ?? '') as never);
    await answersAsBefore(reopened(visit.server));
    visit.server.storageFull = true;
    // Other weights than the earlier one's, so that there is something to write.
    const other = tinyPackage([9, 9], { id, version: '3.0.0' }, [0.75, -0.75]);
    expect(failureOf(await visit.engine.addPackage(visit.next(), filesOf(other)))?.code).toBe('storage-full');
    await answersAsBefore(visit);
    await answersAsBefore(reopened(visit.server));
  });

  test('gives way with all files though another tab sweeps the cache meanwhile', async () => {
    const visit = await withMine();
    const second = repacked(mine, (nodes) => Object.assign(at(nodes, 'mean'), { device: 'any' }));
    const model = createHash('sha256').update(second['model.json']).digest('hex');
    visit.server.onPut = (url) => {
      // The card is not there yet, and the other tab finds a file that nobody names.
      if (url.endsWith(`/added/${id}`)) visit.server.cached.delete(new URL(`/sha256/${model}`, url).href);
    };
    unwrapped(await visit.engine.addPackage(visit.next(), filesOf(mine, second)));
    unwrapped(await visit.engine.load(visit.next(), id));
  });
});
