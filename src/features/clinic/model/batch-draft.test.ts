import { describe, expect, test } from 'vitest';
import { exampleAnalysis } from '../../../core/fixtures/analysis';
import { blankLesion, blankPatient, freshRecord } from '../../../records/record';
import {
  batchPhotos,
  draftOf,
  lesionCount,
  missingIn,
  parted,
  patientDraft,
  relabelled,
  targetsOf,
} from './batch-draft';
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

describe('photos of the queue', () => {
  const saved = { lesionId: lesion.id, patient: 'K-17', lesion: 'left arm', side: null };
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
