/**
 * How a measure stands among moles: up to the value that 75 % of the benign moles (nevi) of HAM10000 and ISIC
 * 2017 do not exceed it is `usual`, up to the 95 % value `raised`, beyond it `marked`. Measured by `npx tsx
 * scripts/measure-morphology.ts` on the experts' masks (training/results/morphology.json). It is a
 * comparison, never a diagnosis: melanomas and moles overlap widely in each measure.
 */
export const levels = ['usual', 'raised', 'marked'] as const;
export type Level = (typeof levels)[number];

export const measures = [
  'asymmetry',
  'colour-asymmetry',
  'compactness',
  'concavity',
  'colour-spread',
  'colours',
] as const;
export type Measure = (typeof measures)[number];

/** The values that 75 % and 95 % of moles do not exceed. */
export const limits: Record<Measure, readonly [raised: number, marked: number]> = {
  asymmetry: [0.0843, 0.132],
  'colour-asymmetry': [10, 14.1],
  compactness: [1.22, 1.47],
  concavity: [0.0427, 0.0843],
  'colour-spread': [14.7, 19.3],
  colours: [3, 4],
};

export function levelOf(measure: Measure, value: number): Level {
  const [raised, marked] = limits[measure];
  if (value <= raised) return 'usual';
  return value <= marked ? 'raised' : 'marked';
}
