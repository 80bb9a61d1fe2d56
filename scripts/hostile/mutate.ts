import fc from 'fast-check';
import type { Bytes } from './bytes';

/** Numbers that lengths and offsets lie with. */
const lies = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xfffffffe, 0xffffffff];
/** What no field expects. */
const odd = [
  null,
  true,
  -1,
  1e308,
  '',
  'x',
  '__proto__',
  'constructor',
  [],
  {},
  [[]],
  '2025-99-99',
  '\0',
  'a'.repeat(300),
];

interface Change {
  what: 'set' | 'lie' | 'cut' | 'drop' | 'twice';
  /** A place, taken modulo the length. */
  at: number;
  value: number;
  length: number;
}

const changes = fc.array(
  fc.record<Change>({
    what: fc.constantFrom('set', 'set', 'lie', 'lie', 'cut', 'drop', 'twice'),
    at: fc.nat(2 ** 20),
    value: fc.oneof(fc.constantFrom(...lies), fc.nat(255)),
    length: fc.integer({ min: 1, max: 64 }),
  }),
  { minLength: 1, maxLength: 5 },
);

function changed(bytes: Bytes, { what, at: place, value, length }: Change): Bytes {
  const at = bytes.length === 0 ? 0 : place % bytes.length;
  const copy = bytes.slice();
  if (what === 'cut') return copy.slice(0, at);
  if (what === 'set') copy[at] = value;
  else if (what === 'lie' && at + 4 <= copy.length)
    new DataView(copy.buffer).setUint32(at, value, length % 2 === 0);
  else if (what === 'drop') return Uint8Array.from([...copy.slice(0, at), ...copy.slice(at + length)]);
  else if (what === 'twice') return Uint8Array.from([...copy.slice(0, at + length), ...copy.slice(at)]);
  return copy;
}

/** Sound inputs with up to five changes, and now and then bytes that never were sound. */
export function mutatedBytes(seeds: readonly Bytes[]): fc.Arbitrary<Bytes> {
  const mutated = fc
    .tuple(fc.constantFrom(...seeds), changes)
    .map(([seed, all]) => all.reduce((bytes, change) => changed(bytes, change), seed));
  const any = fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes));
  return fc.oneof({ weight: 9, arbitrary: mutated }, { weight: 1, arbitrary: any });
}

/** A sound JSON value with up to three of its values replaced by what no field expects. */
export function mutatedJson(seed: unknown): fc.Arbitrary<unknown> {
  const replacement = fc.oneof(
    fc.constantFrom(...odd),
    fc.double(),
    fc.string(),
    fc.jsonValue({ maxDepth: 2 }),
  );
  return fc
    .array(fc.tuple(fc.array(fc.nat(40), { maxLength: 7 }), replacement), { minLength: 1, maxLength: 3 })
    .map((all) => all.reduce((json, [path, value]) => replaced(json, path, value), seed));
}

/** A copy in which the value at the end of the path is another; each step is a place modulo the number of members. */
function replaced(json: unknown, [step, ...rest]: readonly number[], value: unknown): unknown {
  if (step === undefined || typeof json !== 'object' || json === null) return value;
  const keys = Object.keys(json);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return value;
  const member = replaced((json as Record<string, unknown>)[key], rest, value);
  if (Array.isArray(json)) return json.map((before, at) => (String(at) === key ? member : before));
  return { ...json, [key]: member };
}
