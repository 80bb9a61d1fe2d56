import { expect, test } from 'vitest';
import { readPresets, type ScalePreset, scaleBy, withPreset } from './scale-presets';

const device: ScalePreset = { name: 'Lens on phone', scale: 0.01, width: 4000, height: 3000 };

test('a preset holds for a photo of the same shape, at any size and held either way', () => {
  expect(scaleBy(device, { width: 4000, height: 3000 })).toBe(0.01);
  expect(scaleBy(device, { width: 2000, height: 1500 })).toBeCloseTo(0.02);
  expect(scaleBy(device, { width: 3000, height: 4000 })).toBeCloseTo(0.01);
  expect(scaleBy(device, { width: 1500, height: 2000 })).toBeCloseTo(0.02);
});

test('a photo that was cut has no scale of a device', () => {
  expect(scaleBy(device, { width: 4000, height: 2600 })).toBeNull();
  expect(scaleBy(device, { width: 3000, height: 3000 })).toBeNull();
});

test('a name stands once, and names are in order', () => {
  const presets = withPreset(withPreset([device], { ...device, name: 'A' }), { ...device, scale: 0.02 });
  expect(presets.map(({ name, scale }) => [name, scale])).toEqual([
    ['A', 0.01],
    ['Lens on phone', 0.02],
  ]);
});

test('what was kept is read without what is no preset', () => {
  expect(readPresets(JSON.stringify([device, null, 3, { name: 'x' }, { ...device, scale: -1 }]))).toEqual([
    device,
  ]);
  for (const text of [undefined, '', '{', '{}', 'null', '[1e999]']) expect(readPresets(text)).toEqual([]);
});
