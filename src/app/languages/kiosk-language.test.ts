import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  flattenTexts,
  kioskLanguage,
  languageTemplate,
  readLanguageFile,
  textsOfKiosk,
  textsToShow,
} from '../../features/kiosk/model/language-file';
import { english as allEnglish } from './texts';

const all = flattenTexts(allEnglish) ?? new Map<string, string>();
const english = textsOfKiosk(all);

/** A file in which every text is there, but for changes. */
function file(texts: Record<string, unknown> = {}, head: Record<string, unknown> = {}): string {
  const whole = JSON.parse(languageTemplate(english)) as Record<string, unknown>;
  const flat = { ...Object.fromEntries(flattenTexts(whole.texts) ?? []), ...texts };
  return JSON.stringify({ ...whole, language: 'nl', name: 'Nederlands', ...head, texts: flat });
}
const read = (content: string) => readLanguageFile(content, english);

describe('a language file', () => {
  it('made from the English one is taken, with nothing missing', () => {
    const template = languageTemplate(english).replace('"xx"', '"nl"');
    const found = read(template);
    expect(found).toMatchObject({
      ok: true,
      missing: [],
      unknown: [],
      language: { language: 'nl', dir: 'ltr' },
    });
    expect(found.ok && new Map(Object.entries(found.language.texts))).toEqual(english);
  });

  it('names what is missing, which stays English, and what nobody asks for', () => {
    const found = read(
      file({ 'kiosk.touch': '', 'kiosk.next': 'Verder', 'kiosk.tuoch': 'x', 'page.home': 'x' }),
    );
    expect(found).toMatchObject({
      ok: true,
      missing: ['kiosk.touch'],
      unknown: ['kiosk.tuoch', 'page.home'],
    });
    const shown = found.ok ? textsToShow(found.language, english) : {};
    expect(shown['kiosk.touch']).toBe(english.get('kiosk.touch'));
    expect(shown['kiosk.next']).toBe('Verder');
    expect(shown).not.toHaveProperty('kiosk.tuoch');
  });

  it.each([
    ['kiosk.sample', 'Voorbeeld'],
    ['kiosk.sample', 'Voorbeeld {{nummer}}'],
    ['kiosk.touch', 'Raak {{aan}}'],
    ['kiosk.sample', 'Voorbeeld {{number}} $t(kiosk.touch)'],
    ['kiosk.idle_other', 'Alles wordt vergeten.'],
  ])('with other placeholders is refused: %s', (key, text) => {
    expect(read(file({ [key]: text }))).toEqual({ ok: false, problem: 'placeholders', what: [key] });
  });

  it('has the forms for numbers that its language has', () => {
    const arabic = { language: 'ar', name: 'العربية', dir: 'rtl' };
    const lacking = read(file({}, arabic));
    expect(lacking.ok && lacking.missing).toContain('kiosk.idle_few');
    const found = read(file({ 'kiosk.idle_few': '{{count}} ثوان', 'kiosk.idle_two': 'ثانيتان' }, arabic));
    expect(found).toMatchObject({ ok: true, unknown: [], language: { dir: 'rtl' } });
    expect(found.ok && found.language.texts).toMatchObject({ 'kiosk.idle_two': 'ثانيتان' });
    // Dutch has no form for two.
    expect(read(file({ 'kiosk.idle_two': 'twee' }))).toMatchObject({ unknown: ['kiosk.idle_two'] });
  });

  it.each([
    ['{', 'not-json', []],
    ['null', 'not-json', []],
    ['[]', 'malformed', ['language']],
    [file({}, { language: 'NL' }), 'malformed', ['language']],
    [file({}, { language: '../x' }), 'malformed', ['language']],
    [file({}, { name: ' ' }), 'malformed', ['name']],
    [file({}, { dir: 'up' }), 'malformed', ['dir']],
    [file({ 'kiosk.touch': 7 }), 'malformed', ['texts']],
    [file({}, { language: 'ko' }), 'taken', ['ko']],
  ])('that cannot be one is refused: %#', (content, problem, what) => {
    expect(read(content)).toEqual({ ok: false, problem, what });
  });

  it('may hold anything: reading never throws, and only texts of the kiosk come through', () => {
    const texts = fc.oneof(
      fc.jsonValue({ maxDepth: 12 }),
      fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'kiosk.touch', 'verdict', 'x'), fc.string()),
    );
    const hostile = fc.oneof(
      fc.string(),
      fc.json(),
      texts.map((texts) => JSON.stringify({ language: 'nl', name: 'N', texts })),
    );
    fc.assert(
      fc.property(hostile, (content) => {
        const found = read(content);
        if (!found.ok) return;
        expect(kioskLanguage.safeParse(found.language).success).toBe(true);
        for (const key of Object.keys(found.language.texts)) expect(english.has(key)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('of another version of the program keeps what still fits', () => {
    const kept = {
      language: 'nl',
      name: 'Nederlands',
      dir: 'ltr' as const,
      texts: { 'kiosk.touch': 'Raak aan', 'kiosk.sample': 'Voorbeeld', 'kiosk.gone': 'Weg' },
    };
    const shown = textsToShow(kept, english);
    expect(shown).toMatchObject({ 'kiosk.touch': 'Raak aan', 'kiosk.sample': english.get('kiosk.sample') });
    expect(shown).not.toHaveProperty('kiosk.gone');
  });
});

it('the texts to translate are all that the kiosk’s sources ask for', () => {
  const asked = (texts: ReadonlyMap<string, string>) =>
    new Set([...texts.keys()].flatMap((key) => [key, key.replace(/_(one|other)$/, '')]));
  const [known, translated] = [asked(all), asked(english)];
  for (const [path, source] of sourcesOf('src/features/kiosk/view/KioskScreen.tsx')) {
    for (const [, key = ''] of source.matchAll(/'([\w-]+\.[\w.-]+)'/g))
      if (known.has(key)) expect(translated.has(key), `${path}: ${key}`).toBe(true);
    for (const [, start = ''] of source.matchAll(/`([\w-]+\.[\w.-]*)\$\{/g))
      if ([...all.keys()].some((key) => key.startsWith(start)))
        expect(
          [...english.keys()].some((key) => key.startsWith(start)),
          `${path}: ${start}`,
        ).toBe(true);
  }
});

/** A file with React and what it imports with React, by path: these show texts. */
function sourcesOf(start: string): Map<string, string> {
  const found = new Map<string, string>();
  const look = (path: string) => {
    if (found.has(path)) return;
    const source = readFileSync(path, 'utf8');
    found.set(path, source);
    for (const [, name = ''] of source.matchAll(/from '(\.[^']+)'/g)) {
      const target = join(dirname(path), name);
      const to = [`${target}.tsx`, `${target}.ts`].find(existsSync);
      if (to) look(to);
    }
  };
  look(start);
  return new Map([...found].filter(([path]) => /^src\/(ui|features\/kiosk\/view)\//.test(path)));
}
