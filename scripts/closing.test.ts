import { expect, test } from 'vitest';
import { readClosing } from './closing';

const counts = (output: string) => {
  const { passed, failed, skipped } = readClosing(output);
  return { passed, failed, skipped };
};

test('vitest', () => {
  const output =
    ' Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 12 passed | 2 skipped (15)\n   Duration  1.2s\n';
  expect(counts(output)).toEqual({ passed: 12, failed: 1, skipped: 2 });
  expect(readClosing(output).lines).toEqual(['      Tests  1 failed | 12 passed | 2 skipped (15)']);
});

test('vitest with coverage', () => {
  const output =
    '      Tests  3 passed (3)\n\nStatements   : 81.25% ( 13/16 )\nBranches     : 50% ( 1/2 )\nLines        : 80% ( 4/5 )\n';
  expect(counts(output)).toEqual({ passed: 3, failed: 0, skipped: 0 });
  expect(readClosing(output).lines.slice(1)).toEqual([
    'Statements   : 81.25% ( 13/16 )',
    'Branches     : 50% ( 1/2 )',
  ]);
});

test('vitest in colours', () => {
  expect(
    counts('\x1b[2m      Tests \x1b[22m \x1b[1m\x1b[32m7 passed\x1b[39m\x1b[22m\x1b[90m (7)\x1b[39m'),
  ).toEqual({
    passed: 7,
    failed: 0,
    skipped: 0,
  });
});

test('pytest, quiet and not', () => {
  expect(counts('1 failed, 5 passed, 2 skipped, 1 error in 1.23s')).toEqual({
    passed: 5,
    failed: 2,
    skipped: 2,
  });
  expect(counts('===== 31 passed, 4 warnings in 75.10s (0:01:15) =====')).toEqual({
    passed: 31,
    failed: 0,
    skipped: 0,
  });
  expect(counts('3 passed in 0.20s')).toEqual({ passed: 3, failed: 0, skipped: 0 });
  expect(counts('no tests ran in 0.01s')).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

test('Playwright', () => {
  const output =
    '  1 failed\n    analyse.e2e.ts:3:1 › 2 passed things\n  1 flaky\n  2 skipped\n  3 did not run\n  14 passed (2.1m)\n';
  expect(counts(output)).toEqual({ passed: 15, failed: 1, skipped: 5 });
});

test('a runner that died says nothing', () => {
  expect(readClosing('Error: Cannot find module')).toEqual({ lines: [], passed: 0, failed: 0, skipped: 0 });
});
