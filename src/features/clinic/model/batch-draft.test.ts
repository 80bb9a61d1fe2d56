import { describe, expect, test } from 'vitest';
import { exampleAnalysis } from '../../../core/fixtures/analysis';
import { blankLesion, blankPatient, freshRecord } from '../../../records/record';
import { batchPhotos, draftOf, parted, patientDraft, relabelled, splitPatient } from './batch-draft';
import { lesionCount, missingIn, targetsOf } from './batch-targets';
import type { BatchPhoto } from './lesion-proposal';
import type { PatientMetadata } from './patient-context';
import { originOf } from './photo-origin';
import type { CaseEntryInput } from './save-to-case';
import { openPhoto } from './testing/triage-rows';
import type { WorkbenchPhoto } from './workbench-photo';

const photo = (path: string, embedding: number[] | null = null): BatchPhoto => {
  const origin = originOf(path);
  return { id: path, origin, site: origin.site, analysis: embedding && exampleAnalysis({ embedding }) };
};
const name = ({ site, side }: { site: string | null; side: string | null }) =>
  [side, site ?? 'lesion'].filter(Boolean).join(' ');
const nothing = { patients: [], lesions: [], entries: [] };
const inputOf = (id: string) => ({ name: id }) as CaseEntryInput;

const patient = { ...blankPatient(freshRecord()), alias: 'K-17' };
const lesion = { ...blankLesion(freshRecord()), patientId: patient.id, label: 'left arm', site: 'arm' };
const records = { patients: [patient], lesions: [lesion], entries: [] };

test('one patient of the names takes the photos that say nobody; of several, none does', () => {
  const one = draftOf([photo('K-17/left arm.jpg'), photo('IMG_1.jpg')], nothing, name);
  expect(one.patients.map(({ alias, lesions }) => [alias, lesions.length])).toEqual([['K-17', 2]]);
  const several = draftOf([photo('K-17/a.jpg'), photo('IMG_1.jpg'), photo('K-18/a.jpg')], nothing, name);
  expect(several.patients.map(({ alias }) => alias)).toEqual(['K-17', '', 'K-18']);
  expect(missingIn(several)).toBe('alias');
  expect(missingIn(one)).toBeNull();
});

test('a patient in the records is found by the alias, and labels that are taken are numbered', () => {
  const draft = draftOf(
    [photo('K-17 left arm.jpg'), photo('K-17 back 1.jpg'), photo('K-17 back 2.jpg')],
    records,
    name,
  );
  expect(draft.patients[0]).toMatchObject({
    id: patient.id,
    lesions: [{ label: 'left arm 2' }, { label: 'back' }, { label: 'back 2' }],
  });
  expect(lesionCount(draft)).toBe(3);
});

test('what is proposed as one can be parted, and a label given twice joins', () => {
  const alike = [photo('a.jpg', [1, 0]), photo('b.jpg', [1, 0])];
  const draft = patientDraft(alike, { id: null, alias: 'K-1' }, nothing, name);
  expect(draft.lesions).toMatchObject([{ photoIds: ['a.jpg', 'b.jpg'], label: 'lesion' }]);
  const two = parted(draft, 0);
  expect(two.lesions.map(({ photoIds, label }) => [photoIds, label])).toEqual([
    [['a.jpg'], 'lesion'],
    [['b.jpg'], 'lesion 2'],
  ]);
  const joined = { patients: [relabelled(two, 1, ' lesion ')] };
  expect(lesionCount(joined)).toBe(1);
  expect(targetsOf(joined, nothing, inputOf)).toEqual([
    {
      patient: { alias: 'K-1' },
      lesion: { label: 'lesion', side: null },
      inputs: [{ name: 'a.jpg' }, { name: 'b.jpg' }],
      photoIds: ['a.jpg', 'b.jpg'],
    },
  ]);
});

test('photos that were brought for a lesion are proposed for it and its patient, whatever they are called', () => {
  const brought = (path: string) => {
    const plain = photo(path);
    return { ...plain, origin: { ...plain.origin, lesionId: lesion.id } };
  };
  const draft = draftOf([brought('IMG_1.jpg'), brought('K-18/back.jpg')], records, name);
  expect(draft.patients).toMatchObject([
    {
      id: patient.id,
      lesions: [{ photoIds: ['IMG_1.jpg', 'K-18/back.jpg'], label: 'left arm', by: 'chosen' }],
    },
  ]);
  expect(targetsOf(draft, records, inputOf)).toMatchObject([{ lesion: { id: lesion.id } }]);
});

test('a new lesion has the side that names say', () => {
  const [target] = targetsOf(draftOf([photo('K-17 right hand.jpg')], records, name), records, inputOf);
  expect(target?.lesion).toEqual({ label: 'right hand', side: 'right' });
});

test('the label of a lesion in the records is that lesion', () => {
  const draft = draftOf([photo('K-17 left arm.jpg')], records, name);
  const chosen = { patients: draft.patients.map((one) => relabelled(one, 0, 'left arm')) };
  expect(targetsOf(chosen, records, inputOf)).toMatchObject([
    { patient: { id: patient.id }, lesion: { id: lesion.id } },
  ]);
  expect(missingIn({ patients: draft.patients.map((one) => relabelled(one, 0, ' ')) })).toBe('label');
});

describe('a lesion of nobody', () => {
  const spot = { ...blankLesion(freshRecord()), label: 'mole', site: 'back' };
  const kept = { ...records, lesions: [lesion, spot] };
  const meant = (path: string) => {
    const plain = photo(path);
    return { ...plain, origin: { ...plain.origin, lesionId: spot.id } };
  };
  const photos = [meant('IMG_1.jpg'), photo('K-17 left arm.jpg'), meant('IMG_2.jpg')];
  const draft = draftOf(photos, kept, name);

  test('takes the photos that are meant for it as one lesion, beside those of patients', () => {
    expect(draft.patients).toMatchObject([
      { id: null, isNobody: true, lesions: [{ photoIds: ['IMG_1.jpg', 'IMG_2.jpg'], label: 'mole' }] },
      { id: patient.id, alias: 'K-17' },
    ]);
    expect(missingIn(draft)).toBeNull();
    expect(lesionCount(draft)).toBe(2);
    expect(targetsOf(draft, kept, inputOf)[0]).toMatchObject({
      patient: null,
      lesion: { id: spot.id },
      photoIds: ['IMG_1.jpg', 'IMG_2.jpg'],
    });
  });

  test('is a patient’s once one is given, and still the same lesion', () => {
    const own = photos.filter(({ origin }) => origin.lesionId !== null);
    const given = { patients: [patientDraft(own, { id: null, alias: 'K-18' }, kept, name)] };
    expect(targetsOf(given, kept, inputOf)).toMatchObject([
      { patient: { alias: 'K-18' }, lesion: { id: spot.id }, photoIds: ['IMG_1.jpg', 'IMG_2.jpg'] },
    ]);
  });
});

test('of two lesions of one label the photos go to the one that they are meant for; one without a label needs none', () => {
  const [twin, blank] = ['left arm', ''].map((label) => ({
    ...blankLesion(freshRecord()),
    ...{ patientId: patient.id, label },
  }));
  if (!twin || !blank) throw new Error('no lesions');
  const kept = { ...records, lesions: [lesion, twin, blank] };
  const meant = (path: string, lesionId: string) => {
    const plain = photo(path);
    return { ...plain, origin: { ...plain.origin, lesionId } };
  };
  const draft = draftOf([meant('a.jpg', twin.id), meant('b.jpg', blank.id)], kept, name);
  expect(missingIn(draft)).toBeNull();
  expect(targetsOf(draft, kept, inputOf)).toMatchObject([
    { lesion: { id: twin.id }, photoIds: ['a.jpg'] },
    { lesion: { id: blank.id }, photoIds: ['b.jpg'] },
  ]);
});

describe('what a person corrected before the next patient begins', () => {
  const seen = (path: string) => photo(path, [1, 0]);
  const all = ['IMG_1.jpg', 'IMG_2.jpg', 'IMG_3.jpg', 'IMG_4.jpg'].map(seen);
  const rows = (draft: ReturnType<typeof splitPatient>) =>
    draft.patients.map(({ lesions }) => lesions.map(({ photoIds, label }) => [label, ...photoIds]));

  test('stays: labels that were typed, with their photos in each part', () => {
    const proposed = draftOf(all, nothing, name);
    const typed = { patients: proposed.patients.map((one) => relabelled(one, 0, 'cheek')) };
    expect(rows(splitPatient(typed, 0, 'IMG_3.jpg', all, nothing, name))).toEqual([
      [['cheek', 'IMG_1.jpg', 'IMG_2.jpg']],
      [['cheek', 'IMG_3.jpg', 'IMG_4.jpg']],
    ]);
  });

  test('stays: photos that were parted are not put together again', () => {
    const proposed = draftOf(all, nothing, name);
    const apart = { patients: proposed.patients.map((one) => parted(one, 0)) };
    expect(rows(splitPatient(apart, 0, 'IMG_3.jpg', all, nothing, name))).toEqual([
      [
        ['lesion', 'IMG_1.jpg'],
        ['lesion 2', 'IMG_2.jpg'],
      ],
      [
        ['lesion', 'IMG_3.jpg'],
        ['lesion 2', 'IMG_4.jpg'],
      ],
    ]);
  });

  test('stays where another patient is chosen, but for lesions of the one before', () => {
    const proposed = patientDraft(all, { id: null, alias: '' }, nothing, name);
    const corrected = relabelled(parted(proposed, 0), 1, 'cheek');
    const chosen = patientDraft(all, patient, records, name, corrected.lesions);
    expect(chosen.lesions.map(({ photoIds, label }) => [label, ...photoIds])).toEqual([
      ['lesion', 'IMG_1.jpg'],
      ['cheek', 'IMG_2.jpg'],
      ['lesion 2', 'IMG_3.jpg'],
      ['lesion 3', 'IMG_4.jpg'],
    ]);
  });
});

describe('photos with the names of a camera', () => {
  const camera = Array.from({ length: 6 }, (_, index) => photo(`IMG_000${index + 1}.jpg`));
  const draft = draftOf(camera, nothing, name);

  test('are of one patient without a name, until the next begins at a photo', () => {
    expect(draft.patients.map(({ alias, lesions }) => [alias, lesions.length])).toEqual([['', 6]]);
    const two = splitPatient(draft, 0, 'IMG_0003.jpg', camera, nothing, name);
    const three = splitPatient(two, 1, 'IMG_0005.jpg', camera, nothing, name);
    const ids = three.patients.map(({ lesions }) => lesions.flatMap(({ photoIds }) => photoIds));
    expect(ids.map(([first]) => first)).toEqual(['IMG_0001.jpg', 'IMG_0003.jpg', 'IMG_0005.jpg']);
    expect(ids.map(({ length }) => length)).toEqual([2, 2, 2]);
    expect(three.patients.map(({ lesions }) => lesions.map(({ label }) => label))).toEqual([
      ['lesion', 'lesion 2'],
      ['lesion', 'lesion 2'],
      ['lesion', 'lesion 2'],
    ]);
    expect(missingIn(three)).toBe('alias');
  });

  test('thirty of three patients, two of each lesion, are fifteen lesions after two presses', () => {
    // As a network sees them: the two photos of a lesion alike, the lesions apart.
    const seen = (number: number) =>
      Array.from({ length: 15 }, (_, at) => Number(at === Math.floor(number / 2)));
    const day = Array.from({ length: 30 }, (_, number) => photo(`IMG_${1000 + number}.jpg`, seen(number)));
    const one = draftOf(day, nothing, name);
    expect([one.patients.length, lesionCount(one)]).toEqual([1, 15]);
    const two = splitPatient(one, 0, 'IMG_1010.jpg', day, nothing, name);
    const three = splitPatient(two, 1, 'IMG_1020.jpg', day, nothing, name);
    expect(three.patients.map(({ lesions }) => lesions.length)).toEqual([5, 5, 5]);
    expect(three.patients.flatMap(({ lesions }) => lesions.map(({ photoIds }) => photoIds.length))).toEqual(
      Array(15).fill(2),
    );
  });

  test('a name that only photos of the next part say goes with them', () => {
    const mixed = [photo('IMG_1.jpg'), photo('IMG_2.jpg'), photo('K-17 back.jpg')];
    const proposed = draftOf(mixed, records, name);
    expect(proposed.patients.map(({ id, alias }) => [id, alias])).toEqual([[patient.id, 'K-17']]);
    const split = splitPatient(proposed, 0, 'K-17 back.jpg', mixed, records, name);
    expect(split.patients.map(({ id, alias }) => [id, alias])).toEqual([
      [null, ''],
      [patient.id, 'K-17'],
    ]);
  });

  test('where all names say one patient, the next part is to be named, for it is of somebody else', () => {
    const all = [photo('K-17 a.jpg'), photo('K-17 b.jpg'), photo('K-17 c.jpg')];
    for (const kept of [nothing, records]) {
      const split = splitPatient(draftOf(all, kept, name), 0, 'K-17 b.jpg', all, kept, name);
      expect(split.patients.map(({ alias }) => alias)).toEqual(['K-17', '']);
      expect(split.patients[1]?.id).toBeNull();
      expect(missingIn(split)).toBe('alias');
    }
  });

  test('a patient who is known keeps the name, and a part without a beginning is none', () => {
    const known = { patients: [patientDraft(camera, { id: patient.id, alias: 'K-17' }, records, name)] };
    const split = splitPatient(known, 0, 'IMG_0002.jpg', camera, records, name);
    expect(split.patients.map(({ id, alias }) => [id, alias])).toEqual([
      [patient.id, 'K-17'],
      [null, ''],
    ]);
    expect(splitPatient(draft, 0, 'IMG_0001.jpg', camera, nothing, name)).toEqual(draft);
    expect(splitPatient(draft, 3, 'IMG_0002.jpg', camera, nothing, name)).toEqual(draft);
  });
});

describe('photos of the queue', () => {
  const saved = { lesionId: lesion.id, photoId: null, patient: 'K-17', lesion: 'left arm', side: null };
  const context = { metadata: {} as Record<string, PatientMetadata> };
  const batch = (changes: Partial<WorkbenchPhoto>, metadata = context.metadata) =>
    batchPhotos([openPhoto('K-17 back.jpg', changes)], { metadata }, records, null)[0];

  test('that were saved are meant for their lesion again, those of a lesion that is gone for none', () => {
    expect(batch({ saved })?.origin.lesionId).toBe(lesion.id);
    expect(batch({ origin: originOf('a.jpg', lesion.id) })?.origin.lesionId).toBe(lesion.id);
    expect(batch({ origin: originOf('a.jpg', 'gone') })?.origin.lesionId).toBeNull();
    expect(batch({ saved: { ...saved, lesionId: 'gone' } })?.origin.lesionId).toBeNull();
  });

  test('have the place that is noted, and none where the user took it away', () => {
    const noted = (values: PatientMetadata['values']) => ({ 'K-17 back.jpg': { values, fromFile: [] } });
    expect(batch({})?.site).toBe('back');
    expect(batch({}, noted({ site: 'chest' }))?.site).toBe('chest');
    expect(batch({}, noted({}))?.site).toBeNull();
  });
});
