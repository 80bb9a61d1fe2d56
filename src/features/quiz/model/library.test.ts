import 'fake-indexeddb/auto';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { success } from '../../../core/failure';
import type { OpenPhoto } from '../../../engine/input/opener';
import { createLibrary, type Library } from './library';
import { createTeachingStore, forgetTeaching } from './teaching-store';
import { photoFile } from './testing/photos';

const open: OpenPhoto = async (image) => success({ image, from: 'photo', dicom: null });
const by = { appVersion: '0.2.0', disclaimer: { en: 'en', ko: 'ko' } };
let library: Library;

beforeEach(async () => {
  library = createLibrary(createTeachingStore(), open);
  await library.load();
});
afterEach(() => forgetTeaching());

const setNow = (id: string) => library.store.getState().sets.find((set) => set.id === id);
/** What another visit finds. */
async function reloaded(): Promise<Library> {
  const later = createLibrary(createTeachingStore(), open);
  await later.load();
  return later;
}

/** A set with three photos that a table gave diagnoses. */
async function madeSet(): Promise<string> {
  const id = await library.create();
  await library.addPhotos(id, [photoFile('a.png', 1), photoFile('b.png', 2), photoFile('c.png', 3)]);
  const table = 'image_id,dx,structures\na,nv,network;globules\nb,Melanoma,\nc,scc,\nz,nv,\n';
  const read = await library.readTable(id, new Blob([table]));
  expect(read).toMatchObject({
    ok: true,
    value: { given: 2, withoutPhoto: 1, unknownLabels: ['scc'] },
  });
  return id;
}

test('what was odd about a table is said, as an evaluation says it', async () => {
  const id = await library.create();
  await library.addPhotos(id, [photoFile('a.png', 1), photoFile('b.png', 2), photoFile('c.png', 3)]);
  const table = 'file,label\na.png,nv\na,mel\nb.jpg,mel\nc.png,nv,more\n"d"x,nv\n';
  const read = await library.readTable(id, new Blob([table]));
  expect(read).toMatchObject({
    ok: true,
    value: {
      given: 2,
      rows: { ambiguous: [], contradicted: [], moved: ['b.jpg'], repeated: ['a'] },
      notes: [
        { kind: 'quote', values: { rows: '6' } },
        { kind: 'shifted', values: { rows: '5' } },
      ],
    },
  });
  // The first row of a photo counts.
  expect(setNow(id)?.cases.map(({ diagnosis }) => diagnosis)).toEqual(['nv', 'mel', null]);
});

test('a set is made, kept at once, and handed over to another machine', async () => {
  const id = await madeSet();
  library.change(id, (set) => ({ ...set, title: 'Day one', author: 'A. Lecturer' }));
  library.changeCase(id, setNow(id)?.cases[2]?.photo ?? '', { diagnosis: 'df', credit: 'Own' });
  const saved = await library.save(id, by);
  if (!saved.ok) throw new Error(saved.failure.code);
  expect((await reloaded()).store.getState().sets).toEqual(library.store.getState().sets);

  const files = unzipSync(new Uint8Array(await saved.value.arrayBuffer()));
  expect(Object.values(files).some((bytes) => Buffer.from(bytes).includes('Jane'))).toBe(false);
  expect(JSON.parse(strFromU8(files['list.json'] as Uint8Array)).samples).toMatchObject([
    { diagnosis: 'nv', structures: ['network', 'globules'] },
    { diagnosis: 'mel' },
    { diagnosis: 'df', credit: 'Own' },
  ]);

  await forgetTeaching();
  const elsewhere = await reloaded();
  expect(elsewhere.store.getState().sets).toEqual([]);
  expect(await elsewhere.openFile(saved.value)).toMatchObject({ ok: true });
  const [set] = elsewhere.store.getState().sets;
  expect(set).toMatchObject({ id, title: 'Day one', cases: [{}, {}, { diagnosis: 'df' }] });
  expect((await elsewhere.photo(set?.cases[0]?.photo ?? ''))?.type).toBe('image/png');
});

test('the same photo is not taken twice, and what is no photo is left out with its name', async () => {
  const id = await library.create();
  const text = new File(['hello'], 'notes.jpg');
  const added = await library.addPhotos(id, [photoFile('a.png', 1), photoFile('copy.png', 1), text]);
  expect(added).toEqual({
    ok: true,
    value: [
      { name: 'copy.png', code: 'twice' },
      { name: 'notes.jpg', code: 'file-unsupported' },
    ],
  });
  expect(setNow(id)?.cases).toHaveLength(1);
});

test('what is typed while photos are read is not lost', async () => {
  const id = await library.create();
  const adding = library.addPhotos(id, [photoFile('a.png', 1)]);
  library.change(id, (set) => ({ ...set, title: 'Typed meanwhile' }));
  await adding;
  expect(setNow(id)).toMatchObject({ title: 'Typed meanwhile', cases: [{ name: 'a.png' }] });
  expect((await reloaded()).store.getState().sets).toMatchObject([{ title: 'Typed meanwhile' }]);
});

test('a deleted set takes its photos along, but those that another set has', async () => {
  const [one, two] = [await library.create(), await library.create()];
  await library.addPhotos(one, [photoFile('a.png', 1), photoFile('b.png', 2)]);
  await library.addPhotos(two, [photoFile('a.png', 1)]);
  const [shared = '', own = ''] = setNow(one)?.cases.map(({ photo }) => photo) ?? [];
  await library.remove(one);
  expect(await library.photo(shared)).not.toBeNull();
  expect(await library.photo(own)).toBeNull();
  expect((await reloaded()).store.getState().sets.map(({ id }) => id)).toEqual([two]);
});

test('the cases that come with the program are one set, however often they are added', async () => {
  expect(library.addBuiltIn).toBeUndefined();
  const samples = (['nv', 'mel'] as const).map((diagnosis) => ({
    ...{ file: `${diagnosis}.png`, synthetic: true, diagnosis, structures: ['hair'] },
  }));
  const files = [
    { path: 'list.json', file: new Blob([JSON.stringify({ samples })]) },
    ...samples.map(({ file }, at) => ({ path: file, file: photoFile(file, at + 1) })),
  ];
  library = createLibrary(createTeachingStore(), open, { builtIn: async () => files });
  await library.addBuiltIn?.('Drawn');
  await library.addBuiltIn?.('Drawn');
  expect((await reloaded()).store.getState().sets).toMatchObject([
    {
      title: 'Drawn',
      cases: [{ diagnosis: 'nv', synthetic: true, structures: ['hair'] }, { diagnosis: 'mel' }],
    },
  ]);
});

test('a set of the same id takes the place of the earlier one', async () => {
  const id = await madeSet();
  const saved = await library.save(id, by);
  if (!saved.ok) throw new Error(saved.failure.code);
  library.change(id, (set) => ({ ...set, title: 'Changed here', cases: [] }));
  await library.openFile(saved.value);
  expect(library.store.getState().sets).toHaveLength(1);
  expect(setNow(id)).toMatchObject({ title: '', cases: [{}, {}, {}] });
});
