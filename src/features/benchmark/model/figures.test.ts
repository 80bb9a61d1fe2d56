import { expect, test } from 'vitest';
import { compareBackends } from './comparison';
import { latencyOf } from './latency';

test('median and p90 are those of numpy.quantile', () => {
  // numpy.quantile([4, 1, 3, 2], [0.5, 0.9]) == [2.5, 3.7]
  const latency = latencyOf([4, 1, 3, 2]);
  expect(latency.median).toBeCloseTo(2.5, 12);
  expect(latency.p90).toBeCloseTo(3.7, 12);
  expect(latency.count).toBe(4);
  expect(latencyOf([7])).toEqual({ median: 7, p90: 7, count: 1 });
  expect(() => latencyOf([])).toThrow();
});

const timing = (packageId: string, backend: 'webgpu' | 'wasm', median: number) => ({
  packageId,
  backend,
  median,
});

test('the faster back end, by the geometric mean over the packages timed on both', () => {
  const timings = [
    timing('a', 'webgpu', 10),
    timing('a', 'wasm', 20),
    timing('b', 'webgpu', 10),
    timing('b', 'wasm', 80),
    timing('c', 'wasm', 1),
  ];
  const comparison = compareBackends(timings);
  expect(comparison).toMatchObject({ faster: 'webgpu', packages: 2, clear: true });
  expect(comparison?.times).toBeCloseTo(4, 12);
});

test('a slower GPU loses, and a difference within the noise is not clear', () => {
  expect(compareBackends([timing('a', 'webgpu', 1900), timing('a', 'wasm', 28)])?.faster).toBe('wasm');
  expect(compareBackends([timing('a', 'webgpu', 20), timing('a', 'wasm', 21)])).toMatchObject({
    clear: false,
  });
});

test('nothing to compare where no package ran on both', () => {
  expect(compareBackends([timing('a', 'webgpu', 10), timing('b', 'wasm', 20)])).toBeNull();
});
