import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { finish } from '../../../core/steps';
import { emptyDraft, planningOf, withFolder } from './draft';
import { droppedFolder, type Folder } from './folder';
import { readTableHere } from './read-table';
import { rebinding } from './rebind-folder';

const fileEntry = (name: string) => ({
  isFile: true,
  isDirectory: false,
  name,
  file: (done: (file: File) => void) => done(new File([name], name)),
});

function folderEntry(name: string, children: { name: string }[]) {
  const createReader = () => {
    const left = [...children];
    return { readEntries: (done: (portion: unknown[]) => void) => done(left.splice(0, 1)) };
  };
  return { isFile: false, isDirectory: true, name, createReader };
}

const drop = (...entries: { name: string }[]) =>
  ({
    files: [],
    items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
  }) as unknown as DataTransfer;

test('a folder and its table dropped together, or a folder a class, are one folder', async () => {
  const photos = folderEntry('photos', [fileEntry('a.jpg'), fileEntry('b.jpg')]);
  const both = await droppedFolder(drop(photos, fileEntry('labels.csv')));
  expect(both?.files.map(({ path }) => path)).toEqual(['labels.csv', 'photos/a.jpg', 'photos/b.jpg']);
  const classes = await droppedFolder(
    drop(folderEntry('mel', [fileEntry('a.jpg')]), folderEntry('nv', [fileEntry('b.jpg')])),
  );
  expect(classes?.files.map(({ path }) => path)).toEqual(['mel/a.jpg', 'nv/b.jpg']);
  expect(await (await classes?.open('nv/b.jpg'))?.text()).toBe('b.jpg');
  const alone = await droppedFolder(drop(folderEntry('study', [photos, fileEntry('labels.csv')])));
  expect(alone).toMatchObject({ name: 'study' });
  expect(alone?.files.map(({ path }) => path)).toEqual(['labels.csv', 'photos/a.jpg', 'photos/b.jpg']);
});

const cases = join(import.meta.dirname, '../../../../../shared/cases/13-drop-table-and-folder');
test.skipIf(!existsSync(cases))(
  'files from a disk, dropped in both ways, are a plan with both photos',
  async () => {
    const entry = (path: string): { name: string } =>
      statSync(path).isDirectory()
        ? folderEntry(
            basename(path),
            readdirSync(path).map((name) => entry(join(path, name))),
          )
        : {
            ...fileEntry(basename(path)),
            ...{ file: (done: (file: File) => void) => done(new File([readFileSync(path)], basename(path))) },
          };
    const planned = async (...names: string[]) => {
      const dropped = await droppedFolder(drop(...names.map((name) => entry(join(cases, name)))));
      if (!dropped) throw new Error('nothing was dropped');
      const read = (file: Blob) => readTableHere(file, new AbortController().signal);
      const plan = planningOf(await withFolder(emptyDraft, dropped, read));
      return plan && finish(plan).images.map(({ path, label }) => [path, label]);
    };
    expect(await planned('photos', 'labels.csv')).toEqual([
      ['photos/a.jpg', 'mel'],
      ['photos/b.jpg', 'nv'],
    ]);
    expect(await planned('mel', 'nv')).toEqual([
      ['mel/a.jpg', 'mel'],
      ['nv/b.jpg', 'nv'],
    ]);
  },
);

test('a run finds its images again by the longest path, never others of the same name and size', async () => {
  const folder = (...paths: string[]): Folder => ({
    name: 'given',
    files: paths.map((path) => ({ path, size: 5 })),
    open: async (path) => new File([], path),
    handle: null,
  });
  const image = (path: string, mask: string | null = null) => ({
    path,
    size: 5,
    label: 'nv',
    columns: {},
    group: path,
    mask,
  });
  const places = async (given: Folder, ...paths: string[]) => {
    const bound = finish(rebinding(given, [image('mel/1.jpg', 'masks/mel/1.png'), image('nv/1.jpg')]));
    return Promise.all(paths.map(async (path) => (await bound.folder.open(path))?.name ?? null));
  };
  const wanted = ['mel/1.jpg', 'nv/1.jpg', 'masks/mel/1.png'];
  expect(await places(folder('s/nv/1.jpg', 's/mel/1.jpg', 's/masks/mel/1.png'), ...wanted)).toEqual([
    's/mel/1.jpg',
    's/nv/1.jpg',
    's/masks/mel/1.png',
  ]);
  expect(await places(folder('nv/1.jpg'), ...wanted)).toEqual([null, 'nv/1.jpg', null]);
  expect(await places(folder('a/1.jpg', 'b/1.jpg'), ...wanted)).toEqual([null, null, null]);
  const twice = folder('nv/2.jpg', 'mel/3.jpg', 'masks/nv/3.png');
  const alone = finish(rebinding(twice, [image('mel/2.jpg'), image('mel/3.jpg', 'masks/mel/3.png')]));
  expect(alone.found).toBe(1);
  expect(await alone.folder.open('mel/2.jpg')).toBeNull();
  expect(await alone.folder.open('masks/mel/3.png')).toBeNull();
});
