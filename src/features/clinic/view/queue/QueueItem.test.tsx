// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { failure } from '../../../../core/failure';
import { exampleAnalysis, exampleCard, exampleSiteCalibration } from '../../../../core/fixtures/analysis';
import { doneRun, exampleRow, openPhoto } from '../../model/testing/triage-rows';
import { renderClinic } from '../testing/render-clinic';
import { QueueItem } from './QueueItem';

const site = exampleSiteCalibration(exampleCard.id, 'a'.repeat(64));
const mark = 'by the calibration of this site: Ward 3';

/** A row of the queue as a list, or with `columns` as a grid. */
function item(changes: Parameters<typeof exampleRow>[1], columns: number | null = null) {
  const run = { [exampleCard.id]: doneRun(0.1) };
  const row = exampleRow('spot', { photo: openPhoto('spot', { runs: run }), ...changes });
  const place = { ref: undefined, index: 0, count: 1, line: 0, column: 0, top: 0 };
  const props = { packageId: exampleCard.id, selected: false, stop: true, picked: null, onPick: () => {} };
  renderClinic(
    <ul>
      <QueueItem {...place} {...props} row={row} columns={columns} />
    </ul>,
  );
  return screen.getByRole('button', { name: /^spot/ });
}

test('a row says by which calibration of this site its answer is', () => {
  expect(item({ site }).querySelector(`[title="${mark}"]`)).toBeTruthy();
});

test('a tile shows it, and says it once', () => {
  const tile = item({ site }, 3);
  expect(tile.querySelector(`[aria-hidden] [title="${mark}"]`)).toBeTruthy();
  expect(screen.getByRole('button', { name: new RegExp(`^(?!.*${mark}.*${mark}).*${mark}`) })).toBe(tile);
});

test('a row says the earlier answer where a newer run came to nothing', () => {
  const previous = exampleAnalysis();
  const ended = { state: 'failed', failure: failure('cancelled').failure, previous } as const;
  const photo = openPhoto('spot', { runs: { [exampleCard.id]: ended } });
  const said = item({ photo, card: exampleCard }).textContent?.replaceAll('\u00a0', ' ');
  expect(said).toContain('Cancelled.');
  expect(said).toContain('Flagged: 30 % against 21 %');
});

test.each([null, 3])(
  'what cannot be ruled out is seen and heard after the flag, with %s columns',
  (columns) => {
    const previous = exampleAnalysis({ conformalSet: ['nv'] });
    const photo = openPhoto('spot', { runs: { [exampleCard.id]: { state: 'done', analysis: previous } } });
    const drawn = item({ photo, card: exampleCard }, columns);
    const said = /Flagged: 30\s% against\s21\s%\s+No class ruled out/;
    expect(drawn.textContent).toMatch(said);
    // Of a tile the list is seen, too; what is heard has it once.
    const seen = drawn.querySelectorAll('[aria-hidden][title="No class ruled out"]');
    expect(seen).toHaveLength(columns === null ? 0 : 1);
    expect(screen.getByRole('button', { name: said })).toBe(drawn);
    expect(screen.queryByRole('button', { name: /ruled out.*ruled out/ })).toBeNull();
  },
);

test('of a list that a tile cuts off the most urgent class comes first', () => {
  const classes = [
    ...exampleCard.classes,
    { ...exampleCard.classes[0], id: 'df', name: { en: 'Dermatofibroma', ko: '피부섬유종' } },
  ];
  const card = { ...exampleCard, classes } as typeof exampleCard;
  const photo = openPhoto('spot', { runs: { [card.id]: { state: 'done', analysis: exampleAnalysis() } } });
  expect(item({ photo, card }, 3).querySelector('[title]')?.textContent).toBe(
    'Not ruled out: Melanoma, Nevus',
  );
});

test('nothing of it is seen while the answer waits for an own impression', () => {
  expect(item({ card: null }, 3).textContent).not.toContain('ruled out');
});

test('a row whose answer is by the model itself says nothing of it', () => {
  expect(item({}).querySelector('[title]')).toBeNull();
});

test('a flag of another lesion that was said at another time leads', () => {
  const squares = [0, 300].map((left) => ({ left, top: 0, side: 100 }));
  const flag = { flagged: true, probability: 0.6, threshold: 0.21 };
  const square = squares[1] as (typeof squares)[0];
  const lesion = {
    number: 2,
    of: 2,
    square,
    noResult: false,
    flag,
    classes: ['mel'],
    listed: 'one' as const,
  };
  const photo = openPhoto('spot', {
    runs: { [exampleCard.id]: doneRun(0.1) },
    squares,
    lesionsSaid: [{ packageId: exampleCard.id, lesion }],
  });
  expect(item({ photo }).textContent?.replaceAll('\u00a0', ' ')).toMatch(
    /Flagged: 60\s% against\s21\s% \(lesion 2 of 2\) · 1 lesion without an answer +Not ruled out: Melanoma/,
  );
});

test.each([null, 3])('a row says how many lesions have no answer, with %s columns', (columns) => {
  const squares = [0, 300, 600].map((left) => ({ left, top: 0, side: 100 }));
  const photo = openPhoto('spot', { runs: { [exampleCard.id]: doneRun(0.1) }, squares });
  const drawn = item({ photo }, columns);
  const said = /Not flagged.*\d lesions without an answer/;
  expect(screen.getByRole('button', { name: said })).toBe(drawn);
});

test.each([null, 3])('a flag and no result are two signs, with %s columns', (columns) => {
  const drawn = item({ flagged: true, noResult: true }, columns);
  expect(drawn.querySelectorAll('svg.tabler-icon-flag-filled, svg.tabler-icon-help-hexagon')).toHaveLength(2);
});
