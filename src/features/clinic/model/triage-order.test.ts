import { expect, test } from 'vitest';
import { exampleRow } from './testing/triage-rows';
import { countsOf, type Order, shownRows, sorted } from './triage-order';
import type { TriageRow } from './triage-row';

const names = (rows: readonly TriageRow[]) => rows.map(({ photo }) => photo.name);
const inOrder = (rows: readonly TriageRow[], order: Order) => names(sorted(rows, order));

test('by risk: flagged by margin, then no result, no threshold and unsure, then the rest down from the threshold', () => {
  const rows = [
    exampleRow('running', { card: null }),
    exampleRow('far below', { margin: -0.3 }),
    exampleRow('no result', { noResult: true, margin: -0.1 }),
    exampleRow('just below', { margin: -0.01 }),
    exampleRow('unsure', { unsure: true, margin: -0.2 }),
    exampleRow('flagged', { flagged: true, margin: 0.1 }),
    exampleRow('flagged most', { flagged: true, margin: 0.6 }),
    exampleRow('no threshold'),
    exampleRow('failed', { card: null, failed: true }),
    exampleRow('flagged without a result', { flagged: true, noResult: true, margin: 0.3 }),
  ];
  expect(inOrder(rows, 'risk')).toEqual([
    'flagged most',
    'flagged without a result',
    'flagged',
    'no result',
    'failed',
    'no threshold',
    'unsure',
    'just below',
    'far below',
    'running',
  ]);
  expect(inOrder(rows, 'arrival')).toEqual(names(rows));
});

test('by name and by patient: numbers by their size, nobody last', () => {
  const rows = [
    exampleRow('spot 10', { patient: 'K-2' }),
    exampleRow('spot 9', { patient: 'K-10' }),
    exampleRow('a', { patient: null }),
    exampleRow('spot 1', { patient: 'K-10' }),
  ];
  expect(inOrder(rows, 'name')).toEqual(['a', 'spot 1', 'spot 9', 'spot 10']);
  expect(inOrder(rows, 'patient')).toEqual(['spot 10', 'spot 1', 'spot 9', 'a']);
});

test('counts are of all photos; a failure counts as no result, and what is set aside needs no review', () => {
  const rows = [
    exampleRow('a', { flagged: true, unsure: true, marks: ['reviewed'] }),
    exampleRow('b', { flagged: true, differs: true, marks: ['starred'] }),
    exampleRow('c', { failed: true }),
    exampleRow('d', { noResult: true, marks: ['setAside'] }),
  ];
  expect(countsOf(rows)).toEqual({
    flagged: 2,
    unsure: 1,
    noResult: 2,
    notReviewed: 2,
    differs: 1,
    starred: 1,
    setAside: 1,
  });
});

test('filters go together, and the photo that is looked at stays', () => {
  const rows = [
    exampleRow('a', { flagged: true, marks: ['reviewed'] }),
    exampleRow('b', { flagged: true }),
    exampleRow('c'),
  ];
  expect(names(shownRows(rows, 'arrival', ['flagged'], null))).toEqual(['a', 'b']);
  expect(names(shownRows(rows, 'arrival', ['flagged', 'notReviewed'], null))).toEqual(['b']);
  expect(names(shownRows(rows, 'arrival', ['flagged', 'notReviewed'], 'a'))).toEqual(['a', 'b']);
});
