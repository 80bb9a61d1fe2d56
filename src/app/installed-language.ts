import type { i18n } from 'i18next';

/**
 * The built page links the manifest of the language that it shows, so that an installed app has its name and
 * description in it.
 */
export function linkManifest(languages: i18n): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="manifest"]');
  if (!link) return;
  const choose = (language: string) => {
    link.href = language === 'ko' ? './manifest.ko.webmanifest' : './manifest.webmanifest';
  };
  choose(languages.resolvedLanguage ?? 'en');
  languages.on('languageChanged', choose);
}
