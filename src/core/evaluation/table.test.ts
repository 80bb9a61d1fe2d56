import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metadataFromRow } from './labels';
import { parseLabels, readLabelTable } from './table';

const read = (text: string) => {
  const table = parseLabels(text);
  if (!table.ok) throw new Error(JSON.stringify(table.failure));
  return table.value;
};
const labelled = (text: string) => read(text).rows.map(({ file, label }) => [file, label]);
const two = [
  ['a.jpg', 'mel'],
  ['b.jpg', 'nv'],
];

test('a table says what it lacks; its other columns become facts in the words of cards', () => {
  expect(parseLabels('photo,verdict\na,nv\n')).toMatchObject({
    ok: false,
    failure: { code: 'labels-invalid', detail: { missing: 'file, label', columns: 'photo, verdict' } },
  });
  const [a, b] = read(
    '\uFEFFFile,LABEL,Age,sex,site,lesion_id\r\na.jpg, NV ,45,F,Upper arm,L1\r\nb.jpg,mel,,,,\r\n',
  ).rows;
  expect(a).toMatchObject({ file: 'a.jpg', label: 'nv', columns: { lesion_id: 'L1' } });
  expect(a && metadataFromRow(a)).toMatchObject({ age: 45, sex: 'female', site: 'extremities' });
  expect(b).toEqual({ file: 'b.jpg', label: 'mel', columns: {} });
});

test.each([',', ';', '\t', '|'])('parted by %j, with or without a line "sep="', (separator) => {
  const text = 'file,label\r\na.jpg,mel\r\nb.jpg,nv\r\n'.replaceAll(',', separator);
  expect(labelled(text)).toEqual(two);
  expect(labelled(`sep=${separator}\r\n${text}`)).toEqual(two);
});

test('the bytes of Excel: UTF-16, and the code pages of Korea and of the West; a guess is said', () => {
  const text = 'file,label\na.jpg,mel\nb.jpg,nv\n';
  const utf16 = (text: string, big: boolean) => {
    const bytes = Buffer.from(text, 'utf16le');
    return new Uint8Array(big ? bytes.swap16() : bytes);
  };
  for (const big of [false, true]) {
    for (const mark of ['\uFEFF', '']) {
      const table = readLabelTable(utf16(mark + text, big));
      expect(table.ok && table.value.rows.map(({ file, label }) => [file, label])).toEqual(two);
      expect(table.ok && table.value.notes.map(({ values }) => values.encoding)).toEqual(
        mark === '' ? ['UTF-16'] : [],
      );
    }
  }
  // "환자" and "흑색종" in code page 949; "Müller" in Windows-1252.
  const korean = Buffer.from('file,label\n\xc8\xaf\xc0\xda1.jpg,\xc8\xe6\xbb\xf6\xc1\xbe\n', 'latin1');
  expect(readLabelTable(korean)).toMatchObject({
    ok: true,
    value: {
      rows: [{ file: '환자1.jpg', label: '흑색종' }],
      notes: [{ kind: 'encoding', values: { encoding: 'CP949' } }],
    },
  });
  expect(readLabelTable(Buffer.from('file,label\nM\xfcller.jpg,nv\n', 'latin1'))).toMatchObject({
    ok: true,
    value: { rows: [{ file: 'Müller.jpg' }], notes: [{ values: { encoding: 'Windows-1252' } }] },
  });
});

test('a stray quotation mark swallows no row, and is said with its place', () => {
  const tables = [
    'file,label,note\na.jpg,mel,"5 mm" irregular\nb.jpg,nv,x\nc.jpg,nv,"y"\n',
    // Both are whole by the rules of CSV: two rows in one cell.
    'file,label,note\na.jpg,mel,"5 mm\nb.jpg,nv,x\nc.jpg,nv,10"\n',
    'file,label,note\r\na.jpg,mel,"5 mm\r\nb.jpg,nv,x\r\nc.jpg,nv,x\r\n',
  ];
  for (const text of tables) {
    expect(labelled(text)).toEqual([...two, ['c.jpg', 'nv']]);
    expect(read(text).notes[0]).toMatchObject({
      kind: 'quote',
      values: { rows: expect.stringMatching(/^2/) },
    });
  }
  // A note of two lines is none of that.
  const { rows, notes } = read('file,label,note\na.jpg,mel,"first\nsecond"\nb.jpg,nv,"x, ""y"""\n');
  expect(rows.map(({ columns }) => columns.note)).toEqual(['first\nsecond', 'x, "y"']);
  expect(notes).toEqual([]);
});

test('a row with more cells than the head is left out and said; empty cells at its end do no harm', () => {
  const { rows, notes } = read('file,label\na.jpg,mel,,\nMay 3, 2020.jpg,nv,x\nb.jpg,nv\n');
  expect(rows.map(({ file }) => file)).toEqual(['a.jpg', 'b.jpg']);
  expect(notes).toEqual([{ kind: 'shifted', values: { rows: '3' }, count: 1 }]);
});

test("HAM10000's and the ISIC archive's own columns, and a column a class", () => {
  const ham = read('lesion_id,image_id,dx,dx_type,age,sex,localization\nH1,a,mel,histo,80.0,male,scalp\n');
  expect(ham.rows[0]).toMatchObject({ file: 'a', label: 'mel' });
  expect(ham.notes).toEqual([{ kind: 'columnsTaken', values: { file: 'image_id', label: 'dx' } }]);
  expect(ham.rows[0] && metadataFromRow(ham.rows[0])).toMatchObject({ age: 80, sex: 'male', site: 'scalp' });
  const isic = read('file,label,age_approx,sex,anatom_site_general\na,mel,80,male,head/neck\n').rows[0];
  expect(isic && metadataFromRow(isic)).toMatchObject({ age: 80, sex: 'male', site: 'head-neck' });
  const oneHot = read('image,MEL,NV,UNK\na,1.0,0.0,0.0\nb,0.0,1.0,0.0\nc,0,0,0\n');
  expect(oneHot.rows).toEqual([
    { file: 'a', label: 'mel', columns: {} },
    { file: 'b', label: 'nv', columns: {} },
    { file: 'c', label: '', columns: {} },
  ]);
  expect(oneHot.notes).toMatchObject([{ kind: 'oneHot' }]);
  // Two columns at once are no classes.
  expect(parseLabels('image,itch,grew\na,1,1\nb,0,1\n')).toMatchObject({
    ok: false,
    failure: { detail: { missing: 'label' } },
  });
});

test('ages as tables write them, and what is none', () => {
  const age = (text: string) => metadataFromRow({ columns: { age: text } }).age;
  expect(['45', '45.0', '45,5', '85+', '45 years', '045Y', '018M', '45세'].map(age)).toEqual([
    45, 45, 45.5, 85, 45, 45, 1, 45,
  ]);
  // A text that is no age goes on as it is, and a card takes it for unknown.
  expect(['old', '-3', '999'].map(age)).toEqual(['old', '-3', '999']);
});

test('any bytes give a table or a failure, never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(typeof readLabelTable(bytes).ok).toBe('boolean');
    }),
    { numRuns: 2000 },
  );
});

test('what is written as CSV is read back, whatever the cells hold', () => {
  const cell = fc.string({ maxLength: 8 }).map((text) => text.replace(/[\r\n\0\uFEFF]/g, '').trim());
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), (rows) => {
      const text = [
        'file,label,note',
        ...rows.map(([note, other]) => `x,nv,${quoted(note)},${quoted(other)}`),
      ];
      const head = `${text[0]},other`;
      const { rows: back, notes } = read([head, ...text.slice(1)].join('\n'));
      expect(back.map(({ columns }) => [columns.note ?? '', columns.other ?? ''])).toEqual(rows);
      expect(notes).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
