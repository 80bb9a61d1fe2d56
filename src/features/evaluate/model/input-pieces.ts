import type { ImageAnswer } from '../../../core/evaluation/answer';
import type { EvaluationInput } from '../../../core/evaluation/measured';

/** Images and answers of an evaluation on their way to the worker. */
export interface InputPiece {
  kind: 'piece';
  images: EvaluationInput['images'];
  answers: ImageAnswer[];
}

/** So many at a time: to copy half a million at once holds the page for seconds. */
const pieceLength = 2000;

export function* inputPieces({
  images,
  answers,
}: Pick<EvaluationInput, 'images' | 'answers'>): Generator<InputPiece> {
  const rest = answers.values();
  for (let from = 0; ; from += pieceLength) {
    const some: ImageAnswer[] = [];
    while (some.length < pieceLength) {
      const { done, value } = rest.next();
      if (done) break;
      some.push(value);
    }
    const piece = images.slice(from, from + pieceLength);
    if (piece.length + some.length === 0) return;
    yield { kind: 'piece', images: piece, answers: some };
  }
}

/** Puts pieces together again, in the order in which they come. */
export function collectPieces(): {
  take(piece: InputPiece): void;
  input: Pick<EvaluationInput, 'images' | 'answers'>;
} {
  const images: EvaluationInput['images'][number][] = [];
  const answers = new Map<string, ImageAnswer>();
  return {
    take(piece) {
      for (const image of piece.images) images.push(image);
      for (const answer of piece.answers) answers.set(answer.path, answer);
    },
    input: { images, answers },
  };
}
