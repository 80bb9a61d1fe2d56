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
  expect(item({ photo }).textContent?.replaceAll('\u00a0', ' ')).toContain('Flagged: 60 % against 21 %');
});

test.each([null, 3])('a flag and no result are two signs, with %s columns', (columns) => {
  const drawn = item({ flagged: true, noResult: true }, columns);
  expect(drawn.querySelectorAll('svg.tabler-icon-flag-filled, svg.tabler-icon-help-hexagon')).toHaveLength(2);
});
