import type { NetworkCard } from '../../core/card/card';
import exampleCard from '../../core/fixtures/card.json' with { type: 'json' };
import { buildPackage, floats, node, placeholder, sameSize, type TinyPackage } from './build-package';

/**
 * A segmenter of 64 x 64: a pixel darker than a mean of 128 is lesion (logit 60 x (0.5 - mean of red, green
 * and blue)).
 */
export function tinySegmenter(
  [mean, minimum, maximum]: number[] = [0, 0, 0],
  change: Partial<NetworkCard> = {},
): TinyPackage {
  const input = {
    ...exampleCard.input,
    height: 64,
    width: 64,
    fit: 'letterbox',
    mean: [0, 0, 0],
    std: [1, 1, 1],
  };
  const card = {
    ...exampleCard,
    id: 'tiny-segmenter',
    task: 'segmentation',
    input,
    outputs: { lesion: 'lesion' },
    classes: [],
    calibration: null,
    decision: null,
    ood: null,
    golden: { formula: 'integer-ramp', lesion: { mean, minimum, maximum }, tolerance: 1e-3 },
    ...change,
  };
  return buildPackage(
    card,
    {
      constants: [
        ['weight', [1, 1, 3, 1], floats(-20, -20, -20)],
        ['bias', [1], floats(30)],
      ],
      nodes: [
        placeholder('image', [-1, 64, 64, 3]),
        node('Conv2D', 'dark', ['image', 'weight'], sameSize),
        node('AddV2', 'lesion', ['dark', 'bias']),
      ],
    },
    4,
  );
}
