import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMeasured, rowOf } from '../e2e/browsers/measured';
import { root } from './command';

test('the table of browsers in README.md has what the smoke measured (RECORD=1 npm run browsers)', () => {
  const measured = Object.values(readMeasured());
  expect(measured.length).toBeGreaterThan(0);
  const lines = readFileSync(join(root, 'README.md'), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith('| browser |')) + 2;
  const end = lines.findIndex((line, at) => at >= start && !line.startsWith('|'));
  expect(lines.slice(start, end)).toEqual(measured.map(rowOf));
});
