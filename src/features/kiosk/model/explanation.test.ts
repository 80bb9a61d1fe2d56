import { expect, it } from 'vitest';
import { explanationSteps, saliencyMap } from './explanation';

const nothing = { lesion: null, attention: null, activation: null };
const probabilities = [
  { id: 'nv', logit: 0, raw: 0.4, calibrated: 0.4 },
  { id: 'mel', logit: 0, raw: 0.6, calibrated: 0.6 },
];
const activation = {
  width: 2,
  height: 1,
  planes: [
    { classId: 'nv', values: Float32Array.of(1, 0) },
    { classId: 'mel', values: Float32Array.of(0, 1) },
  ],
};
const attention = {
  width: 2,
  height: 1,
  planes: [
    { query: 'metadata' as const, values: Float32Array.of(0.5, 0.5) },
    { query: 'mask' as const, values: Float32Array.of(1, 0) },
  ],
};

it('shows no stage that the engine found nothing for', () => {
  expect(explanationSteps(nothing)).toEqual(['photo', 'answer']);
  expect(explanationSteps({ ...nothing, activation })).toEqual(['photo', 'attention', 'answer']);
  const mask = { width: 1, height: 1, data: Uint8Array.of(1) };
  const lesion = { mask } as Parameters<typeof explanationSteps>[0]['lesion'];
  expect(explanationSteps({ lesion, attention, activation: null })).toEqual([
    'photo',
    'mask',
    'attention',
    'answer',
  ]);
});

it('looks at the map of the most probable class, or at the mean of a fusion’s queries', () => {
  expect(saliencyMap({ ...nothing, probabilities })).toBeNull();
  expect(saliencyMap({ activation, attention: null, probabilities })?.values).toEqual(Float32Array.of(0, 1));
  expect(saliencyMap({ activation, attention, probabilities })?.values).toEqual(Float32Array.of(0.75, 0.25));
});
