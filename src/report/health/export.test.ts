import { afterEach, expect, test } from 'vitest';
import { exampleAnalysis } from '../../core/fixtures/analysis';
import { exportable } from '../fixtures/exportable';
import { healthFileName } from './export';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test.each([
  ['Asia/Seoul', '2026-03-13'],
  ['America/Los_Angeles', '2026-03-12'],
])('in %s the file of an answer of an evening of UTC is of %s', (place, day) => {
  process.env.TZ = place;
  const answer = exportable({ analysis: exampleAnalysis({ createdAt: '2026-03-12T20:00:00.000Z' }) });
  expect(healthFileName(answer, { format: 'fhir', named: false, photo: false })).toBe(
    `lentigo-${day}.fhir.json`,
  );
});
