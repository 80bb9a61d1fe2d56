import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings, useVisitorSession } from './context';

/**
 * Shows the visitor's language, else the host's, else the one that the browser had; after the kiosk that one
 * again.
 */
export function useKioskLanguage(): void {
  const { i18n } = useTranslation();
  const before = useRef(i18n.resolvedLanguage ?? 'en');
  const visitors = useVisitorSession(({ language }) => language);
  const hosts = useSettings().settings.language;
  useEffect(() => {
    void i18n.changeLanguage(visitors ?? hosts ?? before.current);
  }, [i18n, visitors, hosts]);
  useEffect(() => {
    const language = before.current;
    return () => void i18n.changeLanguage(language);
  }, [i18n]);
}
