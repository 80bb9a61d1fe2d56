import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, languages } from '../ui/context';
import { english, korean } from './languages/texts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof english };
  }
}

const storageKey = 'lentigo.language';

/** The language chosen before, else the first one of the browser's that we have, else English. */
export function preferredLanguage(chosen: string | null, browser: readonly string[]): Language {
  const known = [chosen ?? '', ...browser].map((tag) => tag.toLowerCase().split('-')[0]);
  return (
    languages.find(
      (language) => language === known.find((tag) => languages.some((known) => known === tag)),
    ) ?? 'en'
  );
}

/** Starts the texts in the preferred language and keeps the page's `lang` in step. Both languages are part of the bundle. */
export function startLanguages(): i18n {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  void i18next.use(initReactI18next).init({
    resources: { en: { translation: english }, ko: { translation: korean } },
    lng: preferredLanguage(stored(), navigator.languages),
    supportedLngs: languages,
    fallbackLng: 'en',
    // The bundle has everything, so the first paint has its words.
    initAsync: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  return i18next;
}

/** Changes the language and remembers it on this device. */
export function chooseLanguage(language: Language): void {
  void i18next.changeLanguage(language);
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // A browser that keeps nothing (private mode, storage switched off) asks its own language next time.
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
