import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { bytesOf } from './bytes';
import { fullRuns, type Part, parts } from './fuzz-parts';
import { mutatedBytes, mutatedJson } from './mutate';
import type { Tally } from './page';
import { type ReaderName, readers } from './readers';
import { seeds } from './seeds';

/** How many inputs: few in `npm test`, 20,000 in `npm run check:full` (scripts/test.ts). */
const numRuns = Number(process.env.FUZZ_RUNS ?? 60);
export const fuzzOptions = { numRuns, seed: 20_261_129 };
/** An end for a reader that hangs, far from what a slow machine takes for each input. */
export const fuzzTimeout = 60_000 + 300 * numRuns;
/** Of sound inputs; one of the two HEIC files has no colours of its own. */
const soundOutcomes = ['read', 'none'];
/** Node has no decoder for what comes behind the header. */
const headersOnly = 'photo (JPEG, PNG, WebP header)';
/** Codes that say that we had not thought of it. */
const unforeseen = ['internal', 'out-of-memory'];

/**
 * Tries the readers of a part. A test file each, because these run side by side; and a file of outcomes each,
 * of which docs/reliability.md is made. `note` counts an outcome; `more` has tests of its own.
 */
export async function fuzz(
  part: Part,
  more: (note: (name: string, outcome: string) => void) => void = () => {},
): Promise<void> {
  // Zips have dates in them: the same inputs at each run.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T12:00:00Z') });
  const sound = await seeds();
  vi.useRealTimers();
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const tallies: Record<string, Tally> = {};
  const note = (name: string, outcome: string) => {
    tallies[name] ??= {};
    tallies[name][outcome] = (tallies[name][outcome] ?? 0) + 1;
  };
  const answers = async (name: ReaderName, bytes: Uint8Array<ArrayBuffer>, as: string) => {
    const outcome = await readers[name](bytes);
    note(as, outcome);
    expect(unforeseen).not.toContain(outcome);
    expect(Object.prototype).not.toHaveProperty('polluted');
  };

  describe('any bytes are read or refused, and never thrown at the user', () => {
    it.each(parts[part].bytes as readonly ReaderName[])(
      '%s',
      async (name) => {
        // What is changed has to be sound, or nothing is tried but the first line of the parser.
        if (name !== headersOnly)
          for (const seed of sound[name]) expect(soundOutcomes).toContain(await readers[name](seed));
        const property = fc.asyncProperty(mutatedBytes(sound[name]), (bytes) =>
          answers(name, bytes, `${name}, as bytes`),
        );
        await fc.assert(property, fuzzOptions);
      },
      fuzzTimeout,
    );
  });

  describe('any JSON is read or refused', () => {
    it.each(parts[part].values as readonly ReaderName[])(
      '%s',
      async (name) => {
        const seed = JSON.parse(new TextDecoder().decode(sound[name][0])) as unknown;
        const property = fc.asyncProperty(mutatedJson(seed), (json) =>
          answers(name, bytesOf(JSON.stringify(json) ?? 'null'), `${name}, as values`),
        );
        await fc.assert(property, fuzzOptions);
      },
      fuzzTimeout,
    );
  });

  more(note);

  it.runIf(numRuns === fullRuns)('its outcomes, and so docs/reliability.md, say what came out', async () => {
    // The commonest outcome first.
    const inOrder = Object.entries(tallies).map(([name, tally]) => [
      name,
      Object.fromEntries(Object.entries(tally).sort(([a, m], [b, n]) => n - m || a.localeCompare(b))),
    ]);
    const text = `${JSON.stringify(Object.fromEntries(inOrder), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`outcomes/${part}.json`);
  });
}
