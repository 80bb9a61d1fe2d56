import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { localStore } from '../runtime/local-store';
import { type Language, languages } from '../ui/context';
import type { english } from './languages/texts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof english };
  }
}

const storageKey = 'lentigo.language';

const texts: Record<Language, () => Promise<object>> = {
  en: async () => (await import('./languages/english')).english,
  ko: async () => (await import('./languages/korean')).korean,
};

/** Those whose texts are there, but for the late ones. */
const loaded = new Set<Language>();

async function loadTexts(language: Language): Promise<void> {
  if (loaded.has(language)) return;
  addTexts(language, await texts[language]());
  loaded.add(language);
}

/** Beside the texts that are there. */
function addTexts(language: Language, added: object): void {
  i18next.addResourceBundle(language, 'translation', added, true);
}

/** Texts that the first paint does not wait for, in every language. */
const lateTexts: Record<
  'intendedUse' | 'benchmark' | 'cases' | 'selfCheck' | 'evaluate' | 'kiosk' | 'takeaway' | 'models' | 'quiz',
  () => Promise<Record<Language, object>>
> = {
  intendedUse: async () => (await import('./languages/late')).late,
  benchmark: async () => (await import('./languages/late-benchmark')).lateBenchmark,
  cases: async () => (await import('./languages/late-cases')).lateCases,
  selfCheck: async () => (await import('./languages/late-self-check')).lateSelfCheck,
  evaluate: async () => (await import('./languages/late-evaluate')).lateEvaluate,
  kiosk: async () => (await import('./languages/late-kiosk')).lateKiosk,
  takeaway: async () => (await import('./languages/late-takeaway')).lateTakeaway,
  models: async () => (await import('./languages/late-models')).lateModels,
  quiz: async () => (await import('./languages/late-quiz')).lateQuiz,
};

/** Fetches late texts; the page that shows them waits for them. */
export async function loadLateTexts(part: keyof typeof lateTexts): Promise<void> {
  const late = await lateTexts[part]();
  for (const language of languages) addTexts(language, late[language]);
}

/** Fetches the texts of every language: what leaves the page may be in another one than the page. */
export async function loadAllTexts(): Promise<void> {
  await Promise.all(languages.map(loadTexts));
}

/** The language chosen before, else the first one of the browser's that we have, else English. */
export function preferredLanguage(chosen: string | null, browser: readonly string[]): Language {
  const known = [chosen ?? '', ...browser].map((tag) => tag.toLowerCase().split('-')[0]);
  return (
    languages.find(
      (language) => language === known.find((tag) => languages.some((known) => known === tag)),
    ) ?? 'en'
  );
}

/** Fetches the texts of the preferred language, and keeps the page's `lang` in step. */
export async function startLanguages(): Promise<i18n> {
  const language = preferredLanguage(localStore.read(storageKey), navigator.languages);
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  void i18next.use(initReactI18next).init({
    resources: { [language]: { translation: await texts[language]() } },
    // No list of supported languages: a kiosk's host may add one (src/features/kiosk/model/language-file.ts).
    lng: language,
    fallbackLng: 'en',
    // Its texts are there, so the first paint has its words.
    initAsync: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  loaded.add(language);
  return i18next;
}

/** The one that was chosen last, whose texts may still be on their way. */
let wanted: Language | null = null;

/**
 * Changes the language and remembers it on this device. Of two choices in a row the last one holds, whichever
 * texts come first.
 */
export async function chooseLanguage(language: Language): Promise<void> {
  wanted = language;
  await loadTexts(language);
  if (wanted !== language) return;
  void i18next.changeLanguage(language);
  // A browser that keeps nothing asks its own language next time.
  localStore.write(storageKey, language);
}
