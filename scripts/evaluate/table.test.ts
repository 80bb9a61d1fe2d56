import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { metadataFromRow } from '../../src/core/evaluation/labels';
import { sortFiles, tablesOf } from '../../src/core/evaluation/plan';
import { metadataForCard } from '../../src/core/patient/body-sites';
import { encodeMetadata, unknownFields } from '../../src/core/patient/metadata';
import { root } from '../command';
import { filesIn, type PlannedTable, readTable } from './table';
import { sayings } from './words';

const folder = mkdtempSync(join(tmpdir(), 'lentigo-table-'));
const images = join(folder, 'images');
mkdirSync(join(images, 'more'), { recursive: true });
for (const path of ['ISIC_0001.jpg', 'slide.100x.png', 'more/b.webp']) writeFileSync(join(images, path), '');
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string | Uint8Array) {
  const table = join(folder, 'labels.csv');
  writeFileSync(table, text);
  return readTable(table, images);
}

test('images are found by name, with or without extension, in folders too', () => {
  const { plan } = read('file,label\nISIC_0001,nv\nslide.100x,nv\nmore/b.webp,nv\ngone,nv\n');
  expect(plan.images.map(({ path }) => path)).toEqual(['ISIC_0001.jpg', 'slide.100x.png', 'more/b.webp']);
  expect(plan.absent).toEqual(['gone']);
  expect([...plan.names.values()]).toEqual(['ISIC_0001', 'slide.100x', 'more/b.webp']);
});

test('masks beside the images are never classified', () => {
  const masks = join(images, 'masks');
  mkdirSync(masks);
  writeFileSync(join(masks, 'ISIC_0001.png'), '');
  writeFileSync(join(images, 'slide.100x_mask.png'), '');
  const { plan } = read('file,label\nISIC_0001,nv\nISIC_0001.png,nv\nslide.100x_mask.png,nv\n');
  expect(plan.images.map(({ path, mask }) => [path, mask])).toEqual([
    ['ISIC_0001.jpg', 'masks/ISIC_0001.png'],
  ]);
  expect(plan.absent).toEqual(['ISIC_0001.png', 'slide.100x_mask.png']);
  rmSync(masks, { recursive: true });
  rmSync(join(images, 'slide.100x_mask.png'));
});

test('labels are lower-cased; quotes, other columns, a byte order mark and Windows line ends do no harm', () => {
  expect(read('\uFEFFage,Label,File\r\n35,"MEL ","ISIC_0001"\r\n\r\n')).toMatchObject({
    table: { rows: [{ file: 'ISIC_0001', label: 'mel', columns: { age: '35' } }], notes: [] },
    plan: { images: [{ path: 'ISIC_0001.jpg' }] },
  });
});

test('a table without the columns is refused', () => {
  expect(() => read('photo,verdict\na,nv\n')).toThrow('has no column named file and none named label');
});

const cases = join(root, '..', 'shared', 'cases');
const given = (table: string, images = 'images') => {
  const [folder = ''] = table.split('/');
  return readTable(join(cases, table), join(cases, folder, images));
};
const found = ({ plan }: PlannedTable) => plan.images.map(({ path, label }) => [basename(path), label]);

describe.skipIf(!existsSync(cases))('tables and folders on which the product failed', () => {
  const ab = [
    ['a.jpg', 'mel'],
    ['b.jpg', 'nv'],
  ];

  test.each([
    '01-csv-utf16-excel/labels.csv',
    '02-csv-sep-line/labels.csv',
    '08-ham-columns/ham.csv',
    '08-ham-columns/ham-original.csv',
    '08-ham-columns/isic.csv',
    '08-ham-columns/isic-onehot.csv',
    '08-ham-columns/plain.csv',
  ])('%s: both images, with their labels', (table) => {
    const [a = [], b = []] = ab;
    expect(found(given(table))).toEqual([a, b]);
  });

  test('TRUE and FALSE as Excel saves them are the True and False of pandas', () => {
    const { metadata } = JSON.parse(
      readFileSync(join(root, 'public/models/efficientnet-lite2-phone-symptoms/card.json'), 'utf8'),
    );
    const told = (table: string) =>
      given(`09-excel-true/${table}`).plan.images.map((image) => {
        const values = metadataForCard(metadata, metadataFromRow(image));
        expect(unknownFields(metadata, values)).not.toContain('itch');
        return [...encodeMetadata(metadata, values)];
      });
    const [itching, quiet] = told('excel.csv');
    expect(told('pandas.csv')).toEqual([itching, quiet]);
    expect(itching).not.toEqual(quiet);
  });

  test('names in Korean, decomposed, or in another case', () => {
    expect(found(given('03-csv-cp949/labels.csv'))).toHaveLength(2);
    expect(given('03-csv-cp949/labels.csv').table.notes).toMatchObject([{ kind: 'encoding' }]);
    for (const table of ['04-names-nfd/labels.csv', '06-names-case/labels.csv']) {
      const { plan } = given(table);
      expect(plan).toMatchObject({ images: [{ label: 'mel' }, { label: 'nv' }], absent: [], moved: [] });
    }
  });

  test('what a Mac writes beside each file is no image and no table', () => {
    expect(found(given('07-appledouble-table/metadata.csv', '.'))).toEqual(ab);
    const files = filesIn(join(cases, '07-appledouble-table'));
    expect(tablesOf(files).map(({ path }) => path)).toEqual(['metadata.csv']);
  });

  test('photo.jfif, photo.JPE and files named by a UID are images', () => {
    const { images } = sortFiles(filesIn(join(cases, '11-jfif-and-uid-names')));
    expect(images.map(({ path }) => basename(path)).sort()).toEqual([
      '1.2.826.0.1.3680043.8.498.12345',
      'IM0001',
      'MR.1.3.12.2.1107.5',
      'photo.JPE',
      'photo.jfif',
      'plain.jpg',
    ]);
  });

  test('a stray quotation mark costs no image, and is said', () => {
    const { plan, table } = given('14-csv-stray-quote/labels.csv');
    expect(plan.images.map(({ path }) => path)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg']);
    expect(sayings(plan, table.notes, 'en')[0]).toContain('row 2');
    expect(sayings(plan, table.notes, 'ko')[0]).toContain('(2)');
  });
});
