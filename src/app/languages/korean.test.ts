import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(process.cwd(), 'src', 'app', 'languages');
const quickStarts = join(process.cwd(), 'docs', 'start', 'ko');
const glossary = join(process.cwd(), 'docs', 'GLOSSARY.md');

function flatten(tree: object, path: string): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : flatten(value, `${path}${key}.`),
  );
}

/** Every Korean text, by its file and key, and the quick starts, which name what is on the screens. */
const korean = [
  ...readdirSync(folder)
    .filter((file) => file.endsWith('ko.json'))
    .flatMap((file) => flatten(JSON.parse(readFileSync(join(folder, file), 'utf8')), `${file}: `)),
  ...readdirSync(quickStarts).map((file): [string, string] => [
    file,
    readFileSync(join(quickStarts, file), 'utf8'),
  ]),
];

/** The texts in which something is found, each with what was found. */
const found = (pattern: RegExp) =>
  korean.flatMap(([key, text]) => [...text.matchAll(pattern)].map(([what]) => `${key}: ${what}`));

/**
 * Values whose last sound is known, so that a particle behind them has one form: shares end in "퍼센트", sizes
 * in "바이트", the directions of a DICOM file in "쪽".
 */
const knownEnding = [
  'acceptance',
  'empty',
  'falselyNamed',
  'inside',
  'passed',
  'share',
  'size',
  'coverage',
  'columns',
];

/** The table of docs/GLOSSARY.md: the Korean word of each term, and those that are not used for it. */
const terms = (readFileSync(glossary, 'utf8').split('## Korean words of the screens')[1] ?? '')
  .split('\n')
  .flatMap((line) => {
    const [, english, word, not] = /^\| ([^|]+) \| ([가-힣][^|]*) \| ([^|]*) \|$/.exec(line) ?? [];
    return english && word ? [{ english, word, not: not?.split(', ').filter(Boolean) ?? [] }] : [];
  });

describe('Korean', () => {
  it('keeps a threshold in brackets on the line of its word', () => {
    expect(found(/\(기준 \{\{\w+\}\}\)/g)).toEqual([]);
  });

  it('puts no particle behind a value of which it cannot know the last sound', () => {
    const particle = '(?:은|는|이|가|을|를|과|와|으로|로|이나|나)(?![가-힣])';
    const unknown = `(?!(?:${knownEnding.join('|')})\\}\\})\\w+`;
    expect(found(new RegExp(`\\{\\{${unknown}\\}\\}[”’]?${particle}`, 'g'))).toEqual([]);
  });

  it('writes no particle of two forms', () => {
    expect(found(/\((?:으|이|가|을|를|은|는|와|과)\)/g)).toEqual([]);
  });

  it('asks in one tone, and quotes in one way', () => {
    expect(found(/[가-힣]*십시오/g)).toEqual([]);
    expect(found(/[‘’]/g)).toEqual([]);
  });

  it('has one word for each term of the glossary', () => {
    expect(terms.length).toBeGreaterThan(10);
    for (const { word, not } of terms) {
      expect(
        korean.some(([, text]) => text.includes(word)),
        word,
      ).toBe(true);
      for (const other of not) expect(found(new RegExp(other, 'g')), `${word}, not ${other}`).toEqual([]);
    }
  });
});
