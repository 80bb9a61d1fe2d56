import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readMeasured } from '../../bench/large/measured';
import { corpus } from './corpus';
import { parts } from './fuzz-parts';
import type { Hostile } from './make';
import { elsewhere, reliabilityPage } from './page';
import { readers } from './readers';

vi.spyOn(console, 'error').mockImplementation(() => {});
const kinds = new Map<string, Hostile[]>();
for (const file of await corpus()) {
  const name = `${file.reader}: ${file.kind}`;
  kinds.set(name, [...(kinds.get(name) ?? []), file]);
}

describe('hostile files', () => {
  it.each([...kinds])('%s', async (_kind, files) => {
    const came = [];
    for (const { reader, bytes } of files) came.push(await readers[reader](bytes));
    expect(came).toEqual(files.map(({ outcome }) => outcome));
  });

  it('leave no trace in the prototype of all objects', () => {
    expect('polluted' in {}).toBe(false);
  });
});

it.each(elsewhere.flatMap(({ where }) => where))('docs/reliability.md names %s, which is there', (path) => {
  expect(existsSync(join(import.meta.dirname, '../..', path))).toBe(true);
});

it('every parser is given random inputs in some part', () => {
  expect(
    Object.values(parts)
      .flatMap(({ bytes }) => [...bytes])
      .sort(),
  ).toEqual(Object.keys(readers).sort());
});

it('docs/reliability.md says what came out', async () => {
  const outcomesOf = (part: string) =>
    JSON.parse(readFileSync(join(import.meta.dirname, 'outcomes', `${part}.json`), 'utf8'));
  const outcomes = Object.assign({}, ...Object.keys(parts).map(outcomesOf));
  await expect(reliabilityPage(kinds, outcomes, readMeasured())).toMatchFileSnapshot(
    '../../docs/reliability.md',
  );
});
