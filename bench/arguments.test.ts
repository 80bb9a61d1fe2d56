import { expect, test } from 'vitest';
import { Stop } from '../scripts/command';
import { readArguments } from './arguments';

test('without options, every model on both back ends', () => {
  expect(readArguments([])).toMatchObject({ models: null, backends: ['webgpu', 'wasm'], out: null });
});

test('models, back ends and passes as asked for', () => {
  const options = readArguments(['--models', 'a,b', '--backends', 'wasm', '--passes', '5']);
  expect(options).toMatchObject({ models: ['a', 'b'], backends: ['wasm'], limits: { maxPasses: 5 } });
});

test('programs to compare with, and drops', () => {
  const options = readArguments(['--against', 'ort,tfjs', '--rounds', '2', '--drop', '--cases']);
  expect(options).toMatchObject({ against: ['ort', 'tfjs'], rounds: 2, drop: true, cases: true });
  expect(readArguments([])).toMatchObject({ against: [], drop: false, cases: false });
  expect(readArguments(['--large', '--drop-whole', '--live'])).toMatchObject({
    large: true,
    dropWhole: true,
    live: true,
    drop: false,
  });
});

test.each([
  ['--backends', 'cpu'],
  ['--against', 'opencv'],
  ['--rounds', '0.5'],
  ['--passes', '0'],
  ['--speed', '3'],
])('%s %s is refused', (name, value) => {
  expect(() => readArguments([name, value])).toThrow(Stop);
});
