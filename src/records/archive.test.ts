import 'fake-indexeddb/auto';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportArchive } from './archive';
import { importContents, planImport } from './archive-import';
import { type ArchiveContents, readArchive } from './archive-read';
import { type CaseDatabase, openCases } from './database';
import { everyKind, imageBytes, lesion } from './fixtures/records';
import { kinds } from './record';

const manifest = {
  appVersion: '0.1.0',
  exportedAt: '2025-03-04T05:06:07.000Z',
  disclaimer: { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' },
};
let here: CaseDatabase;
let there: CaseDatabase;

const open = async (name: string) => {
  const opened = await openCases({ name });
  if (!opened.ok) throw new Error(opened.failure.code);
  return opened.value;
};
beforeEach(async () => {
  [here, there] = [await open('here'), await open('there')];
  await here.write(everyKind());
});
afterEach(async () => {
  await here.forgetEverything();
  await there.forgetEverything();
});

async function archiveOf(database: CaseDatabase, withDicomMetadata = true): Promise<Blob> {
  const exported = await exportArchive(database, { manifest, withDicomMetadata });
  if (!exported.ok) throw new Error(exported.failure.code);
  return exported.value;
}
async function read(file: Blob): Promise<ArchiveContents> {
  const contents = await readArchive(file);
  if (!contents.ok) throw new Error(JSON.stringify(contents.failure));
  return contents.value;
}
/** The archive with some of its files changed, added or (null) taken out. */
async function tampered(changes: Record<string, string | Uint8Array<ArrayBuffer> | null>): Promise<Blob> {
  const files = unzipSync(new Uint8Array(await (await archiveOf(here)).arrayBuffer()));
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) delete files[path];
    else files[path] = typeof content === 'string' ? strToU8(content) : content;
  }
  return new Blob([new Uint8Array(zipSync(files))]);
}

test('out and in again: every record, photo and map is as it was', async () => {
  const contents = await read(await archiveOf(here));
  expect(contents.skipped).toEqual([]);
  expect(contents.manifest).toEqual({ format: 'lentigo-cases', schema: 1, ...manifest });
  const plan = planImport((await there.read()).records, contents);
  expect(plan.conflicting).toEqual({ patients: [], lesions: [], photos: [], entries: [] });
  expect(await importContents(there, contents, plan, false)).toMatchObject({ ok: true });

  expect((await there.read()).records).toEqual((await here.read()).records);
  for (const { id } of (await here.read()).records.photos) {
    const [mine, copy] = [await here.image(id), await there.image(id)];
    expect(copy?.type).toBe(mine?.type);
    expect(new Uint8Array((await copy?.arrayBuffer()) ?? [])).toEqual(imageBytes(id));
  }
  expect(await there.rasters('e1')).toEqual(await here.rasters('e1'));
  expect(await there.rasters('e2')).toEqual(await here.rasters('e2'));
});

test('an archive of the copy holds the very same records', async () => {
  const contents = await read(await archiveOf(here));
  await importContents(there, contents, planImport((await there.read()).records, contents), false);
  const again = await read(await archiveOf(there));
  expect(again.records).toEqual(contents.records);
  expect(again.rasters).toEqual(contents.rasters);
});

test('deleted records stay at home', async () => {
  await here.write({ lesions: [lesion('l9', { label: 'SecretDeleted', deletedAt: manifest.exportedAt })] });
  const contents = await read(await archiveOf(here));
  expect(contents.records.lesions.map(({ id }) => id)).toEqual(['l1', 'l2', 'l3']);
});

test('DICOM facts stay at home unless asked for, and their lack is no conflict', async () => {
  const contents = await read(await archiveOf(here, false));
  expect(contents.records.photos.map(({ dicom }) => dicom)).toEqual([null, null, null]);
  expect(planImport((await here.read()).records, contents).conflicting.photos).toEqual([]);
});

describe('what is here is never overwritten unasked', () => {
  beforeEach(async () => {
    const contents = await read(await archiveOf(here));
    await importContents(there, contents, planImport((await there.read()).records, contents), false);
    await there.write({ lesions: [lesion('l1', { notes: 'written there' })] });
  });

  test('the plan says what is the same and what differs', async () => {
    const plan = planImport((await there.read()).records, await read(await archiveOf(here)));
    expect(plan.conflicting.lesions).toEqual(['l1']);
    expect(plan.same).toMatchObject({ patients: ['p1', 'p2'], lesions: ['l2', 'l3'] });
    expect(kinds.flatMap((kind) => plan.fresh[kind])).toEqual([]);
  });

  test('kept', async () => {
    const contents = await read(await archiveOf(here));
    await importContents(there, contents, planImport((await there.read()).records, contents), false);
    expect((await there.read()).records.lesions[0]?.notes).toBe('written there');
  });

  test('replaced only where that is asked for', async () => {
    const contents = await read(await archiveOf(here));
    await importContents(there, contents, planImport((await there.read()).records, contents), true);
    expect((await there.read()).records.lesions[0]).toEqual(everyKind().lesions[0]);
  });

  test('a record that was deleted here counts as different, and does not come back unasked', async () => {
    const [gone] = (await there.read()).records.patients;
    await there.write({ patients: gone ? [{ ...gone, deletedAt: manifest.exportedAt }] : [] });
    const contents = await read(await archiveOf(here));
    expect(planImport((await there.read()).records, contents).conflicting.patients).toEqual(['p1']);
  });
});

describe('what is wrong is left out and told', () => {
  const reasons = async (changes: Record<string, string | Uint8Array<ArrayBuffer> | null>) => {
    const { skipped, records } = await read(await tampered(changes));
    return { skipped: skipped.map(({ what, reason }) => `${what}: ${reason}`), records };
  };
  const { patients, lesions } = everyKind();

  test('a record that does not fit, by its place and field', async () => {
    const { skipped } = await read(
      await tampered({ 'patients.json': JSON.stringify([{ ...patients[0], sex: 'x' }, patients[1]]) }),
    );
    expect(skipped[0]).toMatchObject({ what: 'patients.json, record 1', reason: 'invalid' });
    expect(skipped[0]?.detail).toMatch(/^sex: /);
  });

  test('a lesion whose patient is missing comes in without one', async () => {
    const { skipped, records } = await reasons({ 'patients.json': '[]' });
    expect(skipped).toEqual(['lesion l1: patient-missing', 'lesion l2: patient-missing']);
    expect(records.lesions.map(({ patientId }) => patientId)).toEqual([null, null, null]);
  });

  test('a photo that was damaged or lost, and the entries that hang on it', async () => {
    const { skipped, records } = await reasons({ 'images/h1': imageBytes('other'), 'images/h3': null });
    expect(skipped).toEqual([
      'photo h1: image-damaged',
      'photo h3: image-missing',
      'entry e1: photo-or-lesion-missing',
      'entry e3: photo-or-lesion-missing',
    ]);
    expect(records.photos.map(({ id }) => id)).toEqual(['h2']);
  });

  test('maps that do not fit', async () => {
    const { skipped, records } = await reasons({ 'rasters/e1.json': '{"id":"e2"}' });
    expect(skipped).toEqual(['rasters/e1.json: rasters-left-out']);
    expect(records.entries).toHaveLength(3);
  });

  test('a list that is no JSON, and an id that is there twice', async () => {
    expect((await reasons({ 'entries.json': '[' })).skipped).toEqual(['entries.json: not-json']);
    const twice = await reasons({ 'lesions.json': JSON.stringify([...lesions, lesions[0]]) });
    expect(twice.skipped).toEqual(['lesions.json, record 4: twice']);
  });
});

describe('refuses', () => {
  const refusal = async (file: Blob) => {
    const result = await readArchive(file);
    return result.ok ? null : result.failure.code;
  };

  test('what is no zip, a cut off zip, and a zip of something else', async () => {
    const whole = await archiveOf(here);
    expect(await refusal(new Blob(['no zip']))).toBe('archive-unreadable');
    expect(await refusal(whole.slice(0, whole.size - 30))).toBe('archive-unreadable');
    expect(await refusal(await tampered({ 'lentigo.json': null }))).toBe('archive-unreadable');
    expect(await refusal(await tampered({ 'lentigo.json': '{"format":"other","schema":1}' }))).toBe(
      'archive-unreadable',
    );
  });

  test('an archive of a newer version, by name', async () => {
    const newer = JSON.stringify({ format: 'lentigo-cases', schema: 2 });
    expect(await refusal(await tampered({ 'lentigo.json': newer }))).toBe('archive-newer');
  });
});
