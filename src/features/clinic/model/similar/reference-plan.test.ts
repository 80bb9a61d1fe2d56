import { expect, test } from 'vitest';
import { givenFiles, planReference } from './reference-plan';

const file = (name: string, content = name) => new File([content], name);
const folders = new Map<File, string>();
const inFolder = (folder: string, name: string, content?: string) => {
  const made = file(name, content);
  folders.set(made, folder);
  return made;
};
const given = (...files: File[]) => givenFiles(files, (one) => folders.get(one) ?? '');

async function planned(...files: File[]) {
  const plan = await planReference(given(...files));
  if (!plan.ok) throw new Error(JSON.stringify(plan.failure));
  return plan.value;
}

test('a folder with labels.csv is read by the rules of an evaluation; lesion_id tells lesions apart', async () => {
  const table = 'image_id,dx,lesion_id\na,nv,L1\nb,nv,L1\nc,mel,L2\ngone,mel,L3\n';
  const plan = await planned(
    inFolder('teaching', 'labels.csv', table),
    ...['a', 'b', 'c', 'd'].map((name) => inFolder('teaching/photos', `${name}.jpg`)),
  );
  expect(plan).toMatchObject({ name: 'teaching', table: 'labels.csv', lesions: 2, unlabelled: 1, absent: 1 });
  expect(plan.labels).toEqual([
    { label: 'nv', count: 2 },
    { label: 'mel', count: 1 },
  ]);
  expect(await plan.open(plan.images[0]?.path ?? '')?.text()).toBe('a.jpg');
});

test('what was odd about the table is said, as an evaluation says it', async () => {
  const table = ['file;label', 'a.jpg;nv', 'x/a.jpg;nv', 'b.png;mel;more', 'c.png;mel', 'bcc/d.jpg;bcc'];
  // "é" in Windows-1252, which nothing in the file tells.
  const bytes = Uint8Array.from(`${table.join('\n')}\n\u00e9.jpg;nv\n`, (letter) => letter.charCodeAt(0));
  const labels = new File([bytes], 'labels.csv');
  folders.set(labels, 'teaching');
  const plan = await planned(
    labels,
    ...['a.jpg', 'b.png', 'c.jpg'].map((name) => inFolder('teaching/x', name)),
    inFolder('teaching/nv', 'd.jpg'),
  );
  expect(plan.rows).toEqual({
    ambiguous: [],
    contradicted: ['bcc/d.jpg'],
    moved: ['c.png'],
    repeated: ['x/a.jpg'],
  });
  expect(plan).toMatchObject({
    absent: 1,
    notes: [{ kind: 'encoding' }, { kind: 'shifted', values: { rows: '4' } }],
  });
});

test('without a table each folder inside is a diagnosis, and each photo a lesion', async () => {
  const plan = await planned(
    inFolder('teaching/nevus', 'a.jpg'),
    inFolder('teaching/nevus', 'b.jpg'),
    inFolder('teaching/melanoma', 'c.jpg'),
    inFolder('teaching', 'loose.jpg'),
  );
  expect(plan).toMatchObject({ table: null, lesions: 3, unlabelled: 1 });
  expect(plan.images.map(({ label }) => label).sort()).toEqual(['melanoma', 'nevus', 'nevus']);
});

test('loose files with their table have no folder and no name', async () => {
  const plan = await planned(file('a.jpg'), file('list.csv', 'file,label\na.jpg,nv\n'));
  expect(plan).toMatchObject({ name: '', table: 'list.csv', lesions: 1 });
});

test('a table without the columns names what is missing, and one too large is not read', async () => {
  const invalid = await planReference(given(file('a.jpg'), file('labels.csv', 'who,what\n1,2\n')));
  expect(invalid).toMatchObject({ ok: false, failure: { code: 'labels-invalid' } });
  const large = Object.defineProperty(file('labels.csv'), 'size', { value: 17 * 2 ** 20 });
  expect(await planReference(given(file('a.jpg'), large))).toMatchObject({
    failure: { code: 'table-too-large' },
  });
});
