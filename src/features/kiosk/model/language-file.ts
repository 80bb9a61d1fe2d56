import { z } from 'zod';

/**
 * A language that the host adds to the kiosk by a JSON file: the English texts of the kiosk, translated. What is
 * missing stays English.
 */
export interface KioskLanguage {
  /** Its BCP 47 code, such as "ar" or "pt-BR". */
  language: string;
  /** Its name in itself. */
  name: string;
  /** Which way it is written. */
  dir: 'ltr' | 'rtl';
  /** By key: "kiosk.touch". */
  texts: Readonly<Record<string, string>>;
}

export type ReadLanguageFile =
  | { ok: true; language: KioskLanguage; missing: string[]; unknown: string[] }
  | { ok: false; problem: 'not-json' | 'malformed' | 'taken' | 'placeholders'; what: string[] };

/** Texts by their keys. */
export type Texts = ReadonlyMap<string, string>;

/** Those that the program itself has. */
export const ownLanguages: readonly string[] = ['en', 'ko'];
export const maxLanguageBytes = 300_000;
export const maxLanguages = 4;

/** Forms of a text by number, of which each language has some: "kiosk.idle_one". */
const form = /_(zero|one|two|few|many|other)$/;
const formsOf = (base: string, categories: readonly string[]) => categories.map((each) => `${base}_${each}`);

/**
 * The texts that the kiosk shows: whole groups, and single ones of the rest. src/app/languages/kiosk-language.test.ts
 * holds the list to the sources.
 */
const kioskGroups = ['kiosk', 'kioskRound', 'takeaway', 'verdict', 'stage', 'failure'];
const kioskTexts = new Set([
  ...[
    'answer.cancel',
    'answer.failedHeading',
    'answer.meaningOf',
    'answer.probabilities',
    'answer.provisional.changed',
    'answer.unusual',
  ],
  ...['answer.provisional.heading', 'answer.provisional.same', 'answer.provisional.text'],
  ...['app.disclaimer', 'app.dismiss', 'app.help', 'app.language', 'app.name'],
  ...['backend.none', 'backend.softwareShort', 'backend.wasmThreads', 'backend.webgpu'],
  ...[
    'camera.failed',
    'camera.hint.interrupted',
    'model.choose',
    'model.listEmpty',
    'model.listFailed',
    'model.notCached',
    'model.retry',
    'siteMark',
  ],
  ...['page.intendedUse', 'photo.synthetic', 'photo.syntheticShort', 'viewer.tta.range'],
  ...['report.photo.doubt.flat', 'report.photo.doubt.outside'],
]);

const code = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .refine((language) => {
    try {
      return Intl.getCanonicalLocales(language)[0] === language;
    } catch {
      return false;
    }
  });
const about = { language: code, name: z.string().trim().min(1).max(30), dir: z.enum(['ltr', 'rtl']) };
export const kioskLanguage = z.object({ ...about, texts: z.record(z.string(), z.string()) });
const fileSchema = z.object({ ...about, dir: about.dir.default('ltr'), texts: z.unknown() });

/** The texts of a tree of groups by their keys; null where a leaf is no text, or where it is a tree without end. */
export function flattenTexts(tree: unknown, path = '', depth = 8): Map<string, string> | null {
  if (typeof tree !== 'object' || tree === null || depth === 0) return null;
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(tree)) {
    const key = path + name;
    if (typeof value === 'string') flat.set(key, value);
    else {
      const below = flattenTexts(value, `${key}.`, depth - 1);
      if (!below) return null;
      for (const [each, text] of below) flat.set(each, text);
    }
  }
  return flat;
}

/** The English texts that a kiosk shows, of all that there are. */
export function textsOfKiosk(english: Texts): Texts {
  const isShown = (key: string) =>
    kioskGroups.includes(key.split('.')[0] ?? '') || kioskTexts.has(key.replace(form, ''));
  return new Map([...english].filter(([key]) => isShown(key)));
}

/** The file that a translator starts from: every text in English, in its groups. */
export function languageTemplate(english: Texts): string {
  const texts: Tree = {};
  for (const [key, text] of english) {
    const names = key.split('.');
    const last = names.pop() ?? '';
    let group = texts;
    for (const name of names) {
      const below = group[name] ?? {};
      if (typeof below === 'string') throw new Error(`${key} is both a text and a group.`);
      group[name] = below;
      group = below;
    }
    group[last] = text;
  }
  return `${JSON.stringify({ language: 'xx', name: 'Its name in itself', dir: 'ltr', texts }, null, 2)}\n`;
}
type Tree = { [name: string]: string | Tree };

/**
 * Reads a language file against the English texts of the kiosk. Missing and unknown keys are named and cost nothing. A
 * text with other placeholders than the English one is refused, and the whole file with it: a sentence would lose its
 * number, or show "{{coutn}}". `what` names the field or the keys.
 */
export function readLanguageFile(content: string, english: Texts): ReadLanguageFile {
  const json = parse(content);
  if (json === null) return { ok: false, problem: 'not-json', what: [] };
  const file = fileSchema.safeParse(json);
  const given = file.success ? flattenTexts(file.data.texts) : null;
  if (!file.success || !given) {
    const field = file.error?.issues[0]?.path.join('.') ?? 'texts';
    return { ok: false, problem: 'malformed', what: [field || 'language'] };
  }
  const { language, name, dir } = file.data;
  if (ownLanguages.includes(language)) return { ok: false, problem: 'taken', what: [language] };
  const { texts, missing, unknown, wrong } = compare(language, given, english);
  if (wrong.length > 0) return { ok: false, problem: 'placeholders', what: wrong };
  return { ok: true, language: { language, name, dir, texts: Object.fromEntries(texts) }, missing, unknown };
}

function parse(content: string): unknown {
  try {
    // A byte order mark is what some editors begin with.
    return JSON.parse(content.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return null;
  }
}

/**
 * The texts to show: those of the language that still fit the English ones of this version of the program, and English
 * for the rest.
 */
export function textsToShow({ language, texts }: KioskLanguage, english: Texts): Record<string, string> {
  const sound = compare(language, new Map(Object.entries(texts)), english).texts;
  return Object.fromEntries([...english, ...sound]);
}

function compare(language: string, given: Texts, english: Texts) {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const bases = [...english.keys()].filter((key) => key.endsWith('_other')).map((key) => key.slice(0, -6));
  const wanted = new Set(
    [...english.keys()].flatMap((key) => {
      const base = key.replace(form, '');
      return bases.includes(base) ? formsOf(base, categories) : [key];
    }),
  );
  const texts = new Map<string, string>();
  const [unknown, wrong]: [string[], string[]] = [[], []];
  for (const [key, text] of given) {
    const model =
      english.get(key) ?? (wanted.has(key) ? english.get(key.replace(form, '_other')) : undefined);
    if (model === undefined) unknown.push(key);
    // An empty text is one that is not translated yet.
    else if (text.trim() !== '') {
      if (samePlaces(key, text, model)) texts.set(key, text);
      else wrong.push(key);
    }
  }
  return { texts, missing: [...wanted].filter((key) => !texts.has(key)), unknown, wrong };
}

/** Whether two texts have the same places to fill in; "one spot" may do without its number, "several" may not. */
function samePlaces(key: string, text: string, model: string): boolean {
  // A reference to another text is nothing that a translator needs.
  if (text.includes('$t(')) return false;
  const [here, there] = [placesOf(text), placesOf(model)];
  const mayLack = form.test(key) && !key.endsWith('_other') ? 'count' : null;
  return (
    here.every((place) => there.includes(place)) &&
    there.every((place) => here.includes(place) || place === mayLack)
  );
}

const placesOf = (text: string) => [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, name = '']) => name.trim());
