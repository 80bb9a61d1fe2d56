import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../../core/failure';
import { sha256 } from '../../../core/sha256';
import { type ReadSet, readSetFile, readSetFolder, writeSet } from './set-file';
import type { StoredPhoto, TeachingSet } from './teaching-set';
import { greyPhoto, withText } from './testing/photos';

const by = { appVersion: '0.2.0', disclaimer: { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' } };
const photos = new Map<string, StoredPhoto>();
let set: TeachingSet;
let file: Blob;

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
};

beforeAll(async () => {
  const greys = [10, 20, 30];
  for (const grey of greys) {
    const bytes = greyPhoto(grey);
    photos.set(await sha256(bytes), { type: 'image/png', bytes: bytes.buffer });
  }
  const facts = { credit: 'Own photo', synthetic: false, title: { en: 'A mole', ko: '점' } };
  set = {
    ...{ id: 'set-1', title: 'Day one', author: 'A. Lecturer', licence: 'CC BY 4.0', version: '2' },
    changedAt: '2026-01-02T03:04:05.000Z',
    cases: [...photos.keys()].map((photo, index) => ({
      ...facts,
      photo,
      name: `Jane Doe ${index}.png`,
      diagnosis: (['nv', 'mel', null] as const)[index] ?? null,
      structures: index === 1 ? ['streaks', 'blue-white-veil'] : [],
    })),
  };
  file = must(await writeSet(set, async (photo) => photos.get(photo) ?? null, by));
});

const unzipped = async () => unzipSync(new Uint8Array(await file.arrayBuffer()));

/** The set with some of its files changed, added or (null) taken out. */
async function tampered(changes: Record<string, string | Uint8Array<ArrayBuffer> | null>): Promise<Blob> {
  const files = await unzipped();
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) delete files[path];
    else files[path] = typeof content === 'string' ? strToU8(content) : content;
  }
  return new Blob([new Uint8Array(zipSync(files))]);
}

/** The set, whose directory says that its first entry unpacks to so many bytes. */
async function claiming(size: number): Promise<Blob> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const header = Buffer.from(bytes).indexOf('PK\x01\x02', 0, 'latin1');
  new DataView(bytes.buffer).setUint32(header + 24, size, true);
  return new Blob([bytes]);
}

const reasonOf = (read: ReadSet) => (read.ok ? 'read' : read.problem.reason);
const list = (samples: unknown) => JSON.stringify({ samples });

describe('a teaching set as a file', () => {
  it('comes back as it was, with its photos to the byte', async () => {
    const read = await readSetFile(file, new Date('2026-02-02T00:00:00.000Z'));
    if (!read.ok) throw new Error(read.problem.reason);
    expect(read.value.leftOut).toEqual([]);
    const named = set.cases.map((entry, index) => ({ ...entry, name: `case-00${index + 1}.png` }));
    expect(read.value.set).toEqual({ ...set, changedAt: '2026-02-02T00:00:00.000Z', cases: named });
    for (const [photo, { bytes }] of photos)
      expect(Buffer.from(read.value.photos.get(photo)?.bytes ?? new ArrayBuffer(0))).toEqual(
        Buffer.from(bytes),
      );
  });

  it('has no name of a file in it, says what it is not for, and is a folder when it is unpacked', async () => {
    const files = await unzipped();
    const texts = ['lentigo.json', 'list.json'].map((name) => new TextDecoder().decode(files[name]));
    expect(texts.join()).not.toContain('Jane');
    expect(texts[0]).toContain('Not a medical device.');
    const folder = Object.entries(files).map(([path, bytes]) => ({
      path: `somewhere/${path}`,
      file: new Blob([new Uint8Array(bytes)]),
    }));
    const read = await readSetFolder(folder, 'somewhere');
    expect(read).toMatchObject({ ok: true, value: { set: { id: 'set-1', title: 'Day one' }, leftOut: [] } });
  });

  it('that somebody else made loses metadata on its way in', async () => {
    const marked = await tampered({ 'case-001.png': withText(greyPhoto(10), 'Jane Doe') });
    const read = await readSetFile(marked);
    expect(read).toMatchObject({ ok: true, value: { leftOut: [] } });
    if (read.ok) expect(read.value.set.cases[0]?.photo).toBe(set.cases[0]?.photo);
  });
});

describe('a folder with a list', () => {
  const folder = (samples: unknown) => [
    { path: 'samples/list.json', file: new Blob([list(samples)]) },
    { path: 'samples/one.png', file: new Blob([greyPhoto(1)]) },
    { path: 'samples/deep/list.json', file: new Blob(['{}']) },
  ];

  it('is a set that takes the place of itself when it is opened again', async () => {
    const samples = [{ file: 'one.png', diagnosis: 'bcc', structures: ['vessels'] }];
    const read = await readSetFolder(folder(samples), 'samples');
    const again = await readSetFolder(folder(samples), 'samples');
    if (!read.ok || !again.ok) throw new Error('refused');
    expect(read.value.set).toMatchObject({ title: 'samples', cases: [{ diagnosis: 'bcc' }] });
    expect(again.value.set.id).toBe(read.value.set.id);
  });

  it('names the field that is wrong, and says where there is no list', async () => {
    const read = await readSetFolder(folder([{ file: 'one.png', diagnosis: 'psoriasis' }]), 'samples');
    expect(read).toMatchObject({ ok: false, problem: { reason: 'list' } });
    if (!read.ok) expect(read.problem.detail).toContain('samples.0.diagnosis');
    expect(reasonOf(await readSetFolder([], 'nothing'))).toBe('no-list');
  });

  it.each(['list.json', 'lentigo.json'])('is not read where its %s is larger than any', async (path) => {
    const large = Object.defineProperty(new Blob(), 'size', { value: 2 ** 30 });
    const others = folder([{ file: 'one.png' }]).filter((each) => !each.path.endsWith(path));
    const root = others[0]?.path.split('/').slice(0, -1).join('/') ?? '';
    const files = [...others, { path: root ? `${root}/${path}` : path, file: large }];
    expect(reasonOf(await readSetFolder(files, 'samples'))).toBe('too-large');
  });
});

describe('what is no set, or wants to do harm', () => {
  it.each([
    ['no zip', async () => new Blob(['no zip']), 'not-a-set'],
    ['cut off', async () => file.slice(0, Math.floor(file.size / 2)), 'not-a-set'],
    [
      'an archive of cases',
      () => tampered({ 'lentigo.json': '{"format":"lentigo-cases","schema":1}' }),
      'not-a-set',
    ],
    [
      'of a newer version',
      () => tampered({ 'lentigo.json': '{"format":"lentigo-teaching-set","schema":9}' }),
      'newer',
    ],
    [
      'an id that is a path',
      async () => {
        const manifest = JSON.parse(new TextDecoder().decode((await unzipped())['lentigo.json']));
        return tampered({ 'lentigo.json': JSON.stringify({ ...manifest, id: '../../x' }) });
      },
      'not-a-set',
    ],
    ['without a list', () => tampered({ 'list.json': null }), 'no-list'],
    ['a list that is no JSON', () => tampered({ 'list.json': '[[[[' }), 'no-list'],
    ['a path out of the set', () => tampered({ 'list.json': list([{ file: '../case-001.png' }]) }), 'list'],
    [
      'more photos than a set has',
      () => tampered({ 'list.json': list(Array.from({ length: 501 }, () => ({ file: 'case-001.png' }))) }),
      'list',
    ],
    ['photos that are none', () => tampered({ 'list.json': list([{ file: 'lentigo.json' }]) }), 'no-photos'],
    ['a bomb', () => claiming(40 * 2 ** 20), 'too-large'],
  ])('%s', async (_, make, reason) => {
    expect(reasonOf(await readSetFile(await make()))).toBe(reason);
  });

  it('a picture that says it is enormous is left out before it is decoded, and the others come', async () => {
    const enormous = greyPhoto(5);
    new DataView(enormous.buffer).setUint32(16, 60_000);
    new DataView(enormous.buffer).setUint32(20, 60_000);
    const read = await readSetFile(await tampered({ 'case-001.png': enormous, 'case-002.png': null }));
    expect(read).toMatchObject({
      ok: true,
      value: {
        leftOut: [
          { name: 'case-001.png', code: 'file-too-large' },
          { name: 'case-002.png', code: 'absent' },
        ],
        set: { cases: [{ name: 'case-003.png' }] },
      },
    });
  });

  it('the same photo twice comes once', async () => {
    const read = await readSetFile(await tampered({ 'case-002.png': greyPhoto(10) }));
    expect(read).toMatchObject({ ok: true, value: { leftOut: [{ name: 'case-002.png', code: 'twice' }] } });
  });

  it('bytes changed anywhere throw nothing: it is read, or refused with a reason', async () => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const changed = bytes.slice();
          for (const [at, value] of changes) changed[at] = value;
          expect(reasonOf(await readSetFile(new Blob([changed])))).toMatch(/^[a-z-]+$/);
        },
      ),
      { numRuns: 60 },
    );
  });
});
