import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readTable } from './table';

const folder = mkdtempSync(join(tmpdir(), 'lentigo-table-'));
const images = join(folder, 'images');
mkdirSync(join(images, 'more'), { recursive: true });
for (const path of ['ISIC_0001.jpg', 'slide.100x.png', 'more/b.webp']) writeFileSync(join(images, path), '');
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const table = join(folder, 'labels.csv');
  writeFileSync(table, text);
  return readTable(table, images);
}

test('images are found by name, with or without extension, in folders too', () => {
  const files = [
    'ISIC_0001',
    'ISIC_0001.jpg',
    'ISIC_0001.png',
    'slide.100x',
    'b',
    'more/b.webp',
    'elsewhere/b.webp',
    'gone',
  ];
  const rows = read(`file,label\n${files.map((file) => `${file},nv`).join('\n')}\n`);
  const photo = 'ISIC_0001.jpg';
  expect(rows.map(({ path }) => path)).toEqual([
    photo,
    photo,
    photo,
    'slide.100x.png',
    'more/b.webp',
    'more/b.webp',
    'more/b.webp',
    null,
  ]);
});

test('labels are lower-cased; quotes, other columns, a byte order mark and Windows line ends do no harm', () => {
  expect(read('\uFEFFage,Label,File\r\n35,"MEL ","ISIC_0001"\r\n\r\n')).toEqual([
    { file: 'ISIC_0001', label: 'mel', columns: { age: '35' }, path: 'ISIC_0001.jpg' },
  ]);
});

test('a table without the columns is refused', () => {
  expect(() => read('image_id,dx\na,nv\n')).toThrow('has no column named file and none named label');
});
