import { expect, test } from 'vitest';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { mapsAtSensitivity } from './maps';

const plane = (classId: string) => ({ classId, values: new Float32Array(1) });
const activation = { width: 1, height: 1, planes: [plane('nv'), plane('mel')] };
const decision = { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null };
const probabilities = [
  { id: 'nv', logit: 0, raw: 0.9, calibrated: 0.9 },
  { id: 'mel', logit: 0, raw: 0.1, calibrated: 0.1 },
];

test('a photo that only the wanted sensitivity flags shows the map of what it is flagged for', () => {
  const analysis = exampleAnalysis({ activation, decision, probabilities });
  const first = (sensitivity: number | null) => mapsAtSensitivity(exampleCard, analysis, sensitivity)[0]?.of;
  expect(first(null)).toBe('nv');
  expect(first(0.95)).toBe('mel');
});
