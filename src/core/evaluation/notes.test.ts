import { expect, test } from 'vitest';
import { exampleCard } from '../fixtures/analysis';
import fixture from '../fixtures/metadata.json';
import { metadataForCard } from '../patient/body-sites';
import { encodeMetadata, type MetadataSchema } from '../patient/metadata';
import { metadataFromRow } from './labels';
import { factNotes } from './notes';
import { parseLabels } from './table';

const schemas = {
  derm: fixture.derm.metadata as MetadataSchema,
  phone: fixture.phone.metadata as MetadataSchema,
};
const card = (kind: keyof typeof schemas) => ({ ...exampleCard, id: kind, metadata: schemas[kind] });
const read = (text: string) => {
  const table = parseLabels(text);
  if (!table.ok) throw new Error(table.failure.code);
  return table.value;
};
const notes = (text: string, kinds: (keyof typeof schemas)[]) =>
  factNotes(read(text), kinds.map(card), ({ id }) => id);
const told = (text: string, schema: MetadataSchema) =>
  read(text).rows.map((row) => [...encodeMetadata(schema, metadataForCard(schema, metadataFromRow(row)))]);

test('every fact is understood, in the words of any of the tables: nothing to say', () => {
  const derm = [
    'file,label,age,sex,site\na,mel,80,male,scalp\nb,nv,30,female,back\n',
    'lesion_id,image_id,dx,age,sex,localization\nH1,a,mel,80.0,male,scalp\nH2,b,nv,30.0,female,back\n',
    'file,label,age_approx,sex,anatom_site_general\na,mel,80,male,head/neck\nb,nv,30,female,posterior torso\n',
  ];
  const [first] = derm.map((text) => told(text, schemas.derm));
  for (const text of derm) {
    expect(notes(text, ['derm'])).toEqual([]);
    expect(told(text, schemas.derm)).toEqual(first);
  }
});

test('True becomes TRUE in Excel, and means the same', () => {
  const head = 'file,label,age,region,itch,grew,hurt,changed,bleed,elevation\n';
  const pandas = `${head}a,mel,70,FACE,True,True,False,True,True,True\n`;
  for (const spelling of [
    pandas.toUpperCase().replace(/^.*\n/, head),
    pandas.replaceAll('True', '1').replaceAll('False', 'no'),
  ]) {
    expect(told(spelling, schemas.phone)).toEqual(told(pandas, schemas.phone));
    expect(notes(spelling, ['phone'])).toEqual([]);
  }
});

test('what is not understood, what a model lacks and what nothing uses are said', () => {
  const text = 'file,label,age,sex,site,camera\na,mel,old,male,back,X\nb,nv,unknown,yes,elbow pit,Y\n';
  expect(notes(text, ['derm'])).toEqual([
    { kind: 'valueUnknown', values: { column: 'age', words: '“old”' }, count: 1 },
    { kind: 'valueUnknown', values: { column: 'sex', words: '“yes”' }, count: 1 },
    { kind: 'valueUnknown', values: { column: 'site', words: '“elbow pit”' }, count: 1 },
    { kind: 'factMissing', values: { model: 'derm', facts: 'age' } },
    { kind: 'columnsUnused', values: { columns: 'camera' } },
  ]);
  expect(notes('file,label,itch\na,mel,perhaps\n', ['phone'])[0]).toEqual({
    kind: 'valueUnknown',
    values: { column: 'itch', words: '“perhaps”' },
    count: 1,
  });
});

test('rows that say the same are looked into once, and count as many as they are', () => {
  const words = {
    age: ['45', 'old', '', 'unknown', '200'],
    sex: ['male', 'f', 'x', ''],
    site: ['back', 'scalp', 'tentacle', '', 'n/a'],
  };
  const head = 'file,label,age,sex,localization,lesion_id\n';
  const lines = Array.from({ length: 400 }, (_, at) => {
    const pick = (all: string[], step: number) => all[Math.floor(at / step) % all.length];
    return `p${at},nv,${pick(words.age, 1)},${pick(words.sex, 5)},${pick(words.site, 3)},L${at}\n`;
  });
  const whole = notes(head + lines.join(''), ['derm']).filter(({ kind }) => kind === 'valueUnknown');
  const odd = new Map<string, number>();
  for (const line of lines)
    for (const { kind, values, count } of notes(head + line, ['derm']))
      if (kind === 'valueUnknown')
        odd.set(values.column ?? '', (odd.get(values.column ?? '') ?? 0) + (count ?? 0));
  expect(new Map(whole.map(({ values, count }) => [values.column, count]))).toEqual(odd);
  expect(whole.find(({ values }) => values.column === 'age')?.values.words).toBe('“old”');
});
