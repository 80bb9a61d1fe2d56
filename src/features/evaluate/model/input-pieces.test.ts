import { expect, test } from 'vitest';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import { collectPieces, inputPieces } from './input-pieces';

const image = (index: number) => ({
  ...{ path: `${index}.jpg`, size: 1, label: 'nv', columns: {}, group: `g${index}`, mask: null },
});
const answer = (index: number): ImageAnswer => ({
  ...{ path: `${index}.jpg`, answers: {}, overlap: null, maskFailure: null },
});
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each([
  [0, 0],
  [1, 0],
  [4500, 4500],
  [2000, 4001],
  [4001, 2000],
])(
  '%i images with %i answers are the same on the other side, a few thousand at a time',
  (images, answers) => {
    const input = {
      images: numbers(images).map(image),
      answers: new Map(numbers(answers).map((index) => [`${index}.jpg`, answer(index)])),
    };
    const { take, input: collected } = collectPieces();
    for (const piece of inputPieces(input)) {
      expect(piece.images.length).toBeLessThanOrEqual(2000);
      expect(piece.answers.length).toBeLessThanOrEqual(2000);
      take(structuredClone(piece));
    }
    expect(collected).toEqual(input);
    expect([...collected.answers.keys()]).toEqual([...input.answers.keys()]);
  },
);
