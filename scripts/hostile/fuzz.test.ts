import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { resolveNames } from '../../src/core/evaluation/names';
import { bytesOf } from './bytes';
import { mutatedBytes, mutatedJson } from './mutate';
import type { Tally } from './page';
import { type ReaderName, readers } from './readers';
import { seeds } from './seeds';

/** How many inputs: few in `npm test`, 20,000 in `npm run check:full` (scripts/test.ts). */
const fullRuns = 20_000;
const numRuns = Number(process.env.FUZZ_RUNS ?? 60);
const options = { numRuns, seed: 20_261_129 };
const timeout = 60_000 + 60 * numRuns;
// Zips have dates in them: the same inputs at each run.
vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T12:00:00Z') });
const sound = await seeds();
vi.useRealTimers();
const tallies: Record<string, Tally> = {};
/** Of sound inputs; one of the two HEIC files has no colours of its own. */
const soundOutcomes = ['read', 'none'];
/** Node has no decoder for what comes behind the header. */
const headersOnly = 'photo (JPEG, PNG, WebP header)';
/** Codes that say that we had not thought of it. */
const unforeseen = ['internal', 'out-of-memory'];

vi.spyOn(console, 'error').mockImplementation(() => {});
vi.spyOn(console, 'log').mockImplementation(() => {});

function note(name: string, outcome: string): void {
  tallies[name] ??= {};
  tallies[name][outcome] = (tallies[name][outcome] ?? 0) + 1;
}

async function answers(name: ReaderName, bytes: Uint8Array<ArrayBuffer>, as: string): Promise<void> {
  const outcome = await readers[name](bytes);
  note(as, outcome);
  expect(unforeseen).not.toContain(outcome);
  expect(Object.prototype).not.toHaveProperty('polluted');
}

describe('any bytes are read or refused, and never thrown at the user', () => {
  it.each(Object.keys(readers) as ReaderName[])(
    '%s',
    async (name) => {
      // What is changed has to be sound, or nothing is tried but the first line of the parser.
      if (name !== headersOnly)
        for (const seed of sound[name]) expect(soundOutcomes).toContain(await readers[name](seed));
      const property = fc.asyncProperty(mutatedBytes(sound[name]), (bytes) =>
        answers(name, bytes, `${name}, as bytes`),
      );
      await fc.assert(property, options);
    },
    timeout,
  );
});

describe('any JSON is read or refused', () => {
  const written = [
    ...(['analysis as JSON', 'case records', 'list of models', 'model card'] as const),
    ...(['results of an evaluation', 'part of an evaluation', 'calibration of a site'] as const),
    ...(['language file of the kiosk', 'list.json of samples'] as const),
    ...(['graph model (model.json)', 'layers model (model.json)'] as const),
  ] as const;
  it.each(written)(
    '%s',
    async (name) => {
      const seed = JSON.parse(new TextDecoder().decode(sound[name][0])) as unknown;
      const property = fc.asyncProperty(mutatedJson(seed), (json) =>
        answers(name, bytesOf(JSON.stringify(json) ?? 'null'), `${name}, as values`),
      );
      await fc.assert(property, options);
    },
    timeout,
  );
});

describe('names of files', () => {
  const part = fc.oneof(
    fc.constantFrom('a', 'A', '..', '.', '', '__proto__', 'ü', 'ü', '._a', '%2e'),
    fc.string(),
  );
  const path = fc.array(part, { maxLength: 4 }).map((parts) => parts.join('/'));
  it(
    'go to a file that is there, to none, or to several',
    () => {
      const property = fc.property(
        fc.array(path, { maxLength: 8 }),
        fc.array(path, { maxLength: 8 }),
        (names, paths) => {
          const found = resolveNames(
            names,
            paths.map((path) => ({ path })),
          );
          note('names of files', 'each to a file that is there, to several, or to none');
          for (const [name, file] of found) {
            expect(names).toContain(name);
            if (file.kind !== 'ambiguous') expect(paths).toContain(file.path);
            else expect(file.paths.length).toBeGreaterThan(1);
          }
        },
      );
      fc.assert(property, options);
    },
    timeout,
  );
});

/** In the order of their names; the commonest outcome first. */
const inOrder = () =>
  Object.fromEntries(
    Object.entries(tallies).map(([name, tally]) => [
      name,
      Object.fromEntries(Object.entries(tally).sort(([a, m], [b, n]) => n - m || a.localeCompare(b))),
    ]),
  );

it.runIf(numRuns === fullRuns)('outcomes.json, and so docs/reliability.md, says what came out', async () => {
  await expect(`${JSON.stringify(inOrder(), null, 2)}\n`).toMatchFileSnapshot('outcomes.json');
});
