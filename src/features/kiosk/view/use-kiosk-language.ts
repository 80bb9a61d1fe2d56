import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import {
  flattenTexts,
  type KioskLanguage,
  type Texts,
  textsOfKiosk,
  textsToShow,
} from '../model/language-file';
import { useSettings, useVisitorSession } from './context';

const namespace = 'translation';

interface OfferedLanguage {
  /** Its code. */
  language: string;
  /** Its name in itself, and a shorter one for the header. */
  name: string;
  short: string;
}

/** What visitors can choose from: the program's own languages and those that the host added. */
export function kioskLanguages(added: readonly KioskLanguage[]): OfferedLanguage[] {
  return [
    { language: 'en', name: 'English', short: 'EN' },
    { language: 'ko', name: '한국어', short: '한국어' },
    ...added.map(({ language, name }) => ({ language, name, short: name })),
  ];
}

/** The English texts of the kiosk, which a language file translates. */
export function useEnglishTexts(): Texts {
  const { i18n } = useTranslation();
  return useMemo(
    () => textsOfKiosk(flattenTexts(i18n.getResourceBundle('en', namespace)) ?? new Map<string, string>()),
    [i18n],
  );
}

/**
 * Shows the visitor's language, else the host's, else the one that the browser had; after the kiosk that one
 * again. The page is written from the right where the language is.
 */
export function useKioskLanguage(): void {
  const { i18n } = useTranslation();
  const before = useRef(i18n.resolvedLanguage ?? 'en');
  const visitors = useVisitorSession(({ language }) => language);
  const { language: hosts, languages } = useSettings().settings;
  const english = useEnglishTexts();
  const chosen = visitors ?? hosts;
  const added = languages.find(({ language }) => language === chosen);
  useEffect(() => {
    for (const each of languages) i18n.addResources(each.language, namespace, textsToShow(each, english));
    // Of the language that is shown already, too: its texts may be others now.
    void i18n.changeLanguage(chosen ?? before.current);
  }, [i18n, languages, english, chosen]);
  useEffect(() => {
    document.documentElement.dir = added?.dir ?? 'ltr';
  }, [added]);
  // Not at a change of language, which makes a new `i18n`: at the end of the kiosk alone.
  const leave = useEffectEvent(() => {
    document.documentElement.removeAttribute('dir');
    void i18n.changeLanguage(before.current);
  });
  useEffect(() => () => leave(), []);
}
