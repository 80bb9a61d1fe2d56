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
