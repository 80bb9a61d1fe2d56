import type { Steps } from '../../../core/steps';

/** Items of a list that one step writes. */
const atOnce = 500;

/** What `JSON.stringify` makes of an object, in pieces, its lists in steps. */
export function* jsonPieces(object: object): Steps<string[]> {
  const pieces: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    pieces.push(`${pieces.length === 0 ? '{' : ','}${JSON.stringify(key)}:`);
    if (Array.isArray(value)) pieces.push(...(yield* listPieces(value)));
    else if (typeof value === 'object' && value !== null) pieces.push(...(yield* jsonPieces(value)));
    else pieces.push(JSON.stringify(value));
  }
  return pieces.length === 0 ? ['{}'] : [...pieces, '}'];
}

function* listPieces(list: readonly unknown[]): Steps<string[]> {
  const pieces = ['['];
  for (let from = 0; from < list.length; from += atOnce) {
    const text = JSON.stringify(list.slice(from, from + atOnce));
    pieces.push(`${from === 0 ? '' : ','}${text.slice(1, -1)}`);
    yield atOnce;
  }
  return [...pieces, ']'];
}
