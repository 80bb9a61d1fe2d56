import { type Attempt, isRight } from './score';

/** Questions until a photo comes again: soon after a wrong answer, twice as late after each further right one. */
const afterWrong = 3;
const afterRight = 8;
/** The photos asked last do not come again at once, where there are others. */
const apart = 2;

type Answered = Pick<Attempt, 'photo' | 'choice' | 'truth'>;

interface Known {
  /** The number of the question at which it is due. */
  due: number;
  wrong: boolean;
}

/**
 * The photo to ask about next; null of no photos. What was answered wrongly comes first once it is
 * due, by turns with photos that were never asked; those come in a random order, each as likely as the next. When all
 * were asked, the one that is due longest comes.
 *
 * `attempts`: all of the past, in their order. `random`: 0 to 1.
 */
export function nextPhoto(
  photos: readonly string[],
  attempts: readonly Answered[],
  random: () => number = Math.random,
): string | null {
  const past = knownOf(attempts);
  const justAsked = new Set(lastAsked(photos, attempts));
  const open = photos.filter((photo) => !justAsked.has(photo));
  const fresh = open.filter((photo) => !past.has(photo));
  const missed = byDue(
    open.filter((photo) => {
      const known = past.get(photo);
      return known?.wrong && known.due <= attempts.length;
    }),
    past,
    random,
  );
  if (missed[0] !== undefined && !(fresh.length > 0 && lastWasRepeat(attempts))) return missed[0];
  if (fresh.length > 0) return fresh[Math.floor(random() * fresh.length)] ?? null;
  return byDue(open, past, random)[0] ?? null;
}

/** The photos among these that were asked last, fewer where that would leave none. */
function lastAsked(photos: readonly string[], attempts: readonly Answered[]): string[] {
  const asked = [...new Set([...attempts].reverse().map(({ photo }) => photo))];
  return asked
    .slice(0, apart)
    .filter((photo) => photos.includes(photo))
    .slice(0, Math.max(0, photos.length - 1));
}

function lastWasRepeat(attempts: readonly Answered[]): boolean {
  const last = attempts.at(-1);
  return attempts.slice(0, -1).some(({ photo }) => photo === last?.photo);
}

function knownOf(attempts: readonly Answered[]): Map<string, Known> {
  const streaks = new Map<string, number>();
  const known = new Map<string, Known>();
  for (const [index, attempt] of attempts.entries()) {
    const streak = isRight(attempt) ? (streaks.get(attempt.photo) ?? 0) + 1 : 0;
    streaks.set(attempt.photo, streak);
    const gap = streak === 0 ? afterWrong : afterRight * 2 ** (streak - 1);
    known.set(attempt.photo, { due: index + gap, wrong: streak === 0 });
  }
  return known;
}

/** The one that is due longest first; chance decides among equals. */
function byDue(photos: readonly string[], known: ReadonlyMap<string, Known>, random: () => number): string[] {
  return photos
    .map((photo) => ({ photo, due: known.get(photo)?.due ?? 0, chance: random() }))
    .sort((a, b) => a.due - b.due || a.chance - b.chance)
    .map(({ photo }) => photo);
}
