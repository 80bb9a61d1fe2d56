import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveNames } from './names';

const found = (names: string[], paths: string[]) =>
  names.map((name) => {
    const files = paths.map((path) => ({ path }));
    const file = resolveNames(names, files).get(name);
    if (file?.kind === 'ambiguous') return file.paths;
    return file?.kind === 'found' ? file.path : null;
  });

test('an image is found by path, name, or name without ending, in any spelling that means the same letters', () => {
  const paths = ['a/ISIC_1.jpg', 'b/slide.100x.png', 'c/M\u00fcller.JPG', 'd/1.2.826.0.1'];
  expect(found(['a/ISIC_1.jpg', 'ISIC_1.jpg', 'isic_1', 'C:\\study\\a\\ISIC_1.JPG'], paths)).toEqual(
    Array(4).fill('a/ISIC_1.jpg'),
  );
  expect(
    found(['slide.100x', 'Mu\u0308ller.jpg', './d/1.2.826.0.1', '1.2.826.0.1.dcm', 'gone'], paths),
  ).toEqual(['b/slide.100x.png', 'c/M\u00fcller.JPG', 'd/1.2.826.0.1', 'd/1.2.826.0.1', null]);
});

test('the longest path that fits decides, never the last file of a name', () => {
  const paths = ['mel/1.jpg', 'nv/1.jpg', 'old/nv/1.jpg'];
  expect(found(['nv/1.jpg', 'mel/1.jpg', 'old/nv/1', 'study/mel/1.jpg'], paths)).toEqual([
    'nv/1.jpg',
    'mel/1.jpg',
    'old/nv/1.jpg',
    'mel/1.jpg',
  ]);
  expect(found(['1.jpg'], paths)).toEqual([paths]);
  expect(found(['1.jpg'], ['1.jpg', 'nv/1.jpg'])).toEqual(['1.jpg']);
});

test('a name in one case is not another name where the disk tells them apart', () => {
  expect(found(['IMG_1.jpg', 'img_1.jpg'], ['IMG_1.jpg', 'img_1.jpg'])).toEqual(['IMG_1.jpg', 'img_1.jpg']);
  expect(found(['Img_1.jpg'], ['IMG_1.jpg', 'img_1.jpg'])).toEqual([['IMG_1.jpg', 'img_1.jpg']]);
});

test('two photos of one name and two endings are told apart by the ending, and ambiguous without it', () => {
  expect(found(['a.png', 'a.jpg', 'a'], ['a.jpg', 'a.png'])).toEqual(['a.png', 'a.jpg', ['a.jpg', 'a.png']]);
});

test('a file in another folder than the table says will do only where no other row claims it', () => {
  const [moved] = resolveNames(['elsewhere/b.jpg'], [{ path: 'more/b.jpg' }]).values();
  expect(moved).toEqual({ kind: 'found', path: 'more/b.jpg', moved: true });
  expect(found(['nv/1.jpg', 'mel/1.jpg'], ['nv/1.jpg'])).toEqual(['nv/1.jpg', null]);
  expect(found(['bcc/1.jpg', 'mel/1.jpg'], ['nv/1.jpg'])).toEqual([null, null]);
  expect(found(['a.jpg', 'a.png'], ['a.jpg'])).toEqual(['a.jpg', null]);
});

test('a photo in another folder never answers where folders tell photos apart', () => {
  const of = (name: string, names: string[], paths: string[], labels: string[] = []) => {
    const files = paths.map((path) => ({ path }));
    return resolveNames([name, ...names], files, labels).get(name);
  };
  const moved = { kind: 'found', moved: true };
  // A table of another machine: its folder says where the photos lay there.
  expect(
    of('C:\\data\\img\\2.jpg', ['C:\\data\\img\\3.jpg'], ['photos/2.jpg', 'photos/3.jpg']),
  ).toMatchObject(moved);
  const contradicted = { kind: 'contradicted', path: 'nv/2.jpg' };
  // Folders named as classes, by a word for a diagnosis or by the table's own labels.
  expect(of('bcc/2.jpg', [], ['nv/2.jpg'])).toEqual(contradicted);
  expect(of('ward/2.jpg', [], ['old/2.jpg'], ['ward'])).toMatchObject({ kind: 'contradicted' });
  // Names that begin again in each folder: among the files, or in the table.
  expect(of('2024/2.jpg', [], ['2023/2.jpg', '2023/1.jpg', '2022/1.jpg'])).toMatchObject({
    kind: 'contradicted',
  });
  expect(of('a/2.jpg', ['b/2.jpg'], ['c/2.jpg'])).toMatchObject({ kind: 'contradicted' });
  // The folder next to the name agrees: what lies above it says where the photos lay.
  expect(of('old/nv/2.jpg', ['mel/1.jpg', 'nv/1.jpg'], ['new/nv/2.jpg'])).toMatchObject(moved);
});

// Comparing each name with each file, ten thousand of one name take half an hour.
test('the same name in thousands of folders is found by its folder, or known to be ambiguous', () => {
  const count = 10_000;
  const paths = Array.from({ length: count }, (_, index) => `case ${index}/images/image.jpg`);
  const files = paths.map((path) => ({ path }));
  expect([...resolveNames(paths, files).values()]).toEqual(
    paths.map((path) => ({ kind: 'found', path, moved: false })),
  );
  const elsewhere = paths.map((path) => `old/${path.replace('images/', 'photos/')}`);
  const found = resolveNames(elsewhere, files);
  expect(found.size).toBe(count);
  for (const file of found.values()) expect(file).toMatchObject({ kind: 'ambiguous' });
  expect(resolveNames(['image.jpg'], files).get('image.jpg')).toEqual({ kind: 'ambiguous', paths });
}, 120_000);

test('every file is found by its own path, whatever else lies beside it', () => {
  const part = fc.constantFrom('a', 'A', 'b', 'nv', '1', '\u00fc', 'u\u0308');
  const path = fc
    .tuple(fc.array(part, { maxLength: 3 }), part, fc.constantFrom('.jpg', '.png', '.JPG', ''))
    .map(([folders, leaf, ending]) => [...folders, leaf + ending].join('/'));
  fc.assert(
    fc.property(
      fc.uniqueArray(path, { maxLength: 12, selector: (path) => path.normalize('NFC') }),
      (paths) => {
        expect(found(paths, paths)).toEqual(paths);
      },
    ),
    { numRuns: 2000 },
  );
});
