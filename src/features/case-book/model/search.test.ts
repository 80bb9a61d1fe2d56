import { expect, test } from 'vitest';
import { exampleAnalysis } from '../../../core/fixtures/analysis';
import { entry, lesion, patient, photo } from '../../../records/fixtures/records';
import { type Records, splitAnalysis } from '../../../records/record';
import { casesOf, everything, type Query, searchCases, tagsInUse } from './search';
import { shownEntry } from './shown-entry';

const answer = (probability: number, createdAt: string, packageId = 'tiny-classifier') => {
  const base = exampleAnalysis();
  return splitAnalysis('e', {
    ...base,
    createdAt,
    provenance: { ...base.provenance, packageId },
    decision: { positive: ['mel'], probability, threshold: 0.21, above: probability >= 0.21, wanted: null },
  }).analysis;
};
const day = (number: number) => `2025-01-0${number}T00:00:00.000Z`;

const records: Records = {
  patients: [
    patient('p1', { alias: 'Patient 10' }),
    patient('p2', { alias: 'Patient 9', notes: '가족력 있음' }),
  ],
  lesions: [
    lesion('a', { patientId: 'p1', label: 'Nævus café', tags: ['urgent', 'left'], notes: 'near the elbow' }),
    lesion('b', { patientId: 'p2', label: 'Back', tags: ['left'] }),
    lesion('c', { label: 'Loose', histology: { label: 'mel', recordedAt: day(1), notes: 'Breslow' } }),
  ],
  photos: [
    photo('h1', ['a'], { takenAt: day(1) }),
    photo('h2', ['a', 'b'], { takenAt: day(3), name: 'IMG_0042.jpg' }),
    photo('h3', ['c'], { takenAt: day(2) }),
  ],
  entries: [
    entry('e1', 'h1', 'a', { analysis: answer(0.9, day(1)) }),
    entry('e2', 'h2', 'a', { analysis: answer(0.1, day(3)) }),
    entry('e3', 'h2', 'b', { analysis: answer(0.5, day(3), 'other') }),
  ],
};
const cases = casesOf(records);
const found = (query: Partial<Query>) =>
  searchCases(cases, { ...everything, ...query }).map(({ lesion: { id } }) => id);

test('a case has its patient, and its photos and entries newest first', () => {
  const [first, , loose] = cases;
  expect(first?.patient?.alias).toBe('Patient 10');
  expect(first?.photos.map(({ id }) => id)).toEqual(['h2', 'h1']);
  expect(first?.entries.map(({ id }) => id)).toEqual(['e2', 'e1']);
  expect(loose?.patient).toBeNull();
});

test.each([
  ['', ['a', 'b', 'c']],
  ['cafe', ['a']],
  ['CAFÉ', ['a']],
  ['patient elbow', ['a']],
  ['patient nowhere', []],
  ['가족력', ['b']],
  // The same word as Korean keyboards of some systems give it: in single letters.
  ['가족력'.normalize('NFD'), ['b']],
  ['img_0042', ['a', 'b']],
  ['breslow', ['c']],
  ['urgent', ['a']],
])('the words "%s" are in %j', (text, ids) => {
  expect(found({ text }).sort()).toEqual(ids);
});

test('filters', () => {
  expect(found({ tags: ['left'] }).sort()).toEqual(['a', 'b']);
  expect(found({ tags: ['left', 'urgent'] })).toEqual(['a']);
  // The newest answer counts: the older one of "a" was above.
  expect(found({ above: true })).toEqual(['b']);
  expect(found({ above: false })).toEqual(['a']);
  expect(found({ histology: true })).toEqual(['c']);
  expect(found({ histology: false }).sort()).toEqual(['a', 'b']);
  expect(found({ packageId: 'other' })).toEqual(['b']);
});

test.each<[Query['sort'], string[]]>([
  ['newest', ['a', 'b', 'c']],
  ['oldest', ['c', 'a', 'b']],
  ['probability', ['b', 'a', 'c']],
  // 9 before 10, and what has no patient last.
  ['patient', ['b', 'a', 'c']],
  ['label', ['b', 'c', 'a']],
])('sorted by %s', (sort, ids) => {
  expect(found({ sort })).toEqual(ids);
});

test('tags with how often they are used', () => {
  expect(tagsInUse(cases)).toEqual([
    { tag: 'left', count: 2 },
    { tag: 'urgent', count: 1 },
  ]);
});

test('a flag of one package is not hidden by a package that was done later', () => {
  const [shared] = casesOf({
    patients: [],
    lesions: [lesion('a')],
    photos: [photo('h1', ['a'], { takenAt: day(1) }), photo('h2', ['a'], { takenAt: day(2) })],
    entries: [
      entry('before', 'h1', 'a', { analysis: answer(0.95, day(1), 'old') }),
      entry('outdated', 'h2', 'a', { analysis: answer(0.9, day(3), 'compared') }),
      entry('panel', 'h2', 'a', { analysis: answer(0.3, day(4), 'panel') }),
      entry('compared', 'h2', 'a', { analysis: answer(0.1, day(5), 'compared') }),
      // An older photo that was asked about again.
      entry('again', 'h1', 'a', { analysis: answer(0.05, day(6), 'old') }),
    ],
  });
  const others = casesOf({
    patients: [],
    lesions: [lesion('b')],
    photos: [photo('h3', ['b'])],
    entries: [entry('e', 'h3', 'b', { analysis: answer(0.2, day(1)) })],
  });
  const both = [...others, ...(shared ? [shared] : [])];
  expect(shared && shownEntry(shared)?.id).toBe('panel');
  const search = (query: Partial<Query>) =>
    searchCases(both, { ...everything, ...query }).map(({ lesion: { id } }) => id);
  expect(search({ above: true })).toEqual(['a']);
  expect(search({ above: false })).toEqual(['b']);
  expect(search({ sort: 'probability' })).toEqual(['a', 'b']);
});

test('a flag goes before a larger sum that is below a threshold; without any, the nearest to it is shown', () => {
  const by = (packageId: string, probability: number, threshold: number) => {
    const analysis = answer(probability, day(1), packageId);
    const decision = {
      positive: ['mel'],
      probability,
      threshold,
      above: probability >= threshold,
      wanted: null,
    };
    return entry(packageId, 'h1', 'a', { analysis: { ...analysis, decision } });
  };
  const shown = (...entries: ReturnType<typeof by>[]) =>
    shownEntry({ photos: [photo('h1', ['a'])], entries })?.id;
  expect(shown(by('high', 0.6, 0.7), by('flagged', 0.1, 0.05))).toBe('flagged');
  expect(shown(by('far', 0.2, 0.7), by('near', 0.1, 0.15))).toBe('near');
  // "No confident result" rules nothing out: a "not flagged" of another model does not stand in its place.
  const outOfDistribution = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
  const changed = (to: ReturnType<typeof by>, changes: object) => ({
    ...to,
    analysis: { ...to.analysis, ...changes },
  });
  const refused = changed(by('refused', 0.01, 0.35), { outOfDistribution });
  const unsure = changed(by('unsure', 0.1, 0.7), { unsure: true });
  const near = by('near', 0.1, 0.15);
  for (const others of [
    [refused, unsure, near],
    [near, unsure, refused],
  ])
    expect(shown(...others)).toBe('refused');
  expect(shown(near, unsure)).toBe('unsure');
  expect(shown(refused, by('flagged', 0.1, 0.05))).toBe('flagged');
  // What no threshold judged rules nothing out: a "not flagged" must not stand in its place.
  const unjudged = changed(by('no threshold', 0, 0), { decision: null });
  for (const other of [near, unsure]) expect(shown(other, unjudged)).toBe('no threshold');
  expect(shown(unjudged, refused)).toBe('refused');
  expect(shownEntry({ photos: [], entries: [] })).toBeNull();
});

test('a flag of another lesion is not hidden by a model that was asked about one lesion alone', () => {
  const square = { left: 0, top: 0, side: 9 };
  const other = (probability: number, noResult = false) => ({
    ...{ number: 2, of: 2, square, noResult, classes: ['mel'], listed: 'one' as const },
    flag: { flagged: probability >= 0.21, probability, threshold: 0.21 },
  });
  const by = (packageId: string, probability: number, otherLesions?: ReturnType<typeof other>[]) =>
    entry(packageId, 'h1', 'a', {
      analysis: answer(probability, day(1), packageId),
      ...(otherLesions && { otherLesions }),
    });
  const caseOf = (...entries: ReturnType<typeof by>[]) =>
    casesOf({ patients: [], lesions: [lesion('a')], photos: [photo('h1', ['a'])], entries });
  const shown = (...entries: ReturnType<typeof by>[]) =>
    caseOf(...entries).map((each) => shownEntry(each)?.id);
  const panel = by('panel', 0.06, [other(0.6)]);
  expect(shown(panel, by('compared', 0.16))).toEqual(['panel']);
  expect(shown(by('panel', 0.06, [other(0.1, true)]), by('compared', 0.16))).toEqual(['panel']);
  expect(shown(panel, by('compared', 0.5))).toEqual(['compared']);
  const search = (query: Partial<Query>) => searchCases(caseOf(panel), { ...everything, ...query }).length;
  expect([search({ above: true }), search({ above: false })]).toEqual([1, 0]);
});

test('an answer kept at two thresholds stands by its flag, whichever was kept last; a later run is another answer', () => {
  const kept = (id: string, threshold: number, wanted: number | null, at = 1) => {
    const decision = { positive: ['mel'], probability: 0.1, threshold, above: 0.1 >= threshold, wanted };
    return entry(id, 'h1', 'a', { analysis: { ...answer(0.1, day(at)), decision } });
  };
  const [asked, own] = [kept('asked', 0.05, 0.98), kept('own', 0.21, null)];
  const shown = (...entries: (typeof asked)[]) => shownEntry({ photos: [photo('h1', ['a'])], entries })?.id;
  expect([shown(asked, own), shown(own, asked)]).toEqual(['asked', 'asked']);
  expect(shown(kept('again', 0.21, null, 2), asked)).toBe('again');
});
