/** Photos in a round. */
export const roundLength = 6;

/** What the draw knows of a photo. */
interface Drawn {
  id: string;
  diagnosis: string;
  truth: 'harmless' | 'suspicious';
}

/**
 * Six photos in a random order, two to four of them suspicious, so that counting does not give the last one away.
 * Those that were not `asked` before come first, and of each side as many diagnoses as there are. Null where
 * there are not six, or none of one side.
 */
export function drawPhotos<Question extends Drawn>(
  questions: readonly Question[],
  asked: ReadonlySet<string>,
  random: () => number,
): Question[] | null {
  const side = (truth: Drawn['truth']) =>
    varied(
      inRandomOrder(
        questions.filter((question) => question.truth === truth),
        random,
      ),
      asked,
    );
  const suspicious = side('suspicious');
  const harmless = side('harmless');
  if (suspicious.length === 0 || harmless.length === 0) return null;
  if (suspicious.length + harmless.length < roundLength) return null;
  const wanted = 2 + Math.floor(3 * random());
  const count = Math.min(suspicious.length, Math.max(wanted, roundLength - harmless.length));
  return inRandomOrder([...suspicious.slice(0, count), ...harmless.slice(0, roundLength - count)], random);
}

/** New ones first; among those, one of each diagnosis before a second of any. */
function varied<Question extends Drawn>(
  questions: readonly Question[],
  asked: ReadonlySet<string>,
): Question[] {
  const turn = (question: Question) => {
    const alike = questions.filter(
      ({ id, diagnosis }) => diagnosis === question.diagnosis && asked.has(id) === asked.has(question.id),
    );
    return Number(asked.has(question.id)) * questions.length + alike.indexOf(question);
  };
  return [...questions].sort((a, b) => turn(a) - turn(b));
}

/** Fisher and Yates. */
function inRandomOrder<T>(items: readonly T[], random: () => number): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
}
