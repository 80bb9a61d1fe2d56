import { describe, expect, it } from 'vitest';
import { failureCodes } from '../core/failure';
import { preferredLanguage } from './languages';
import * as texts from './languages/texts';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, path = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as const] : [...flatten(value, `${path}${key}.`)],
  );
  return new Map(entries);
}

const english = flatten(texts.english);
const korean = flatten(texts.korean);

describe('languages', () => {
  it('have the same keys, all filled in', () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of [...english, ...korean]) expect(text.trim(), key).not.toBe('');
  });

  it('fill the same places in each sentence', () => {
    const places = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    for (const [key, text] of english) expect(places(korean.get(key)), key).toEqual(places(text));
  });

  it('are really in Korean', () => {
    // Names, units and terms that Korean clinics write in Latin letters.
    const latin = new Set([
      'app.name',
      'app.pageTitle',
      'backend.webgpu',
      'backend.wasm',
      'metric.auc',
      'metric.interval',
    ]);
    for (const [key, text] of korean) {
      const letters = /[a-z]/i.test(text.replace(/\{\{\w+\}\}/g, ''));
      if (letters && !latin.has(key) && !key.endsWith('Value')) expect(text, key).toMatch(/[가-힣]/);
    }
  });

  it.each(failureCodes)('say what "%s" is and what to do', (code) => {
    for (const texts of [english, korean]) {
      expect(texts.get(`failure.${code}.sentence`)).toBeTruthy();
      expect(texts.get(`failure.${code}.remedy`)).toBeTruthy();
    }
  });
});

describe('preferredLanguage', () => {
  it.each([
    [null, ['ko-KR', 'en'], 'ko'],
    [null, ['de-DE', 'ko'], 'ko'],
    [null, ['de-DE'], 'en'],
    [null, [], 'en'],
    ['en', ['ko-KR'], 'en'],
    ['tlh', ['ko-KR'], 'ko'],
  ] as const)('chosen %s, browser %j: %s', (chosen, browser, expected) => {
    expect(preferredLanguage(chosen, browser)).toBe(expected);
  });
});
