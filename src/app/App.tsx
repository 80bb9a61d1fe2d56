import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { OutcomeBar } from '../ui/Outcome';
import { CrashBoundary } from './CrashBoundary';
import { Header } from './Header';
import { pathOfHash, useHash } from './hash-route';
import { InsecurePage } from './InsecurePage';
import { MissingPage } from './MissingPage';
import { RestartNotice } from './RestartNotice';
import { screens } from './screens';
import styles from './shell.module.css';

/** The shell around every screen. */
export function App() {
  const { t } = useTranslation();
  const address = useHash();
  const path = pathOfHash(address);
  const main = useRef<HTMLElement>(null);
  const screen = screens.find((screen) => screen.path === path);
  const page = t(screen?.title ?? 'page.missing');
  const title = t('app.pageTitle', { page });
  useEffect(() => {
    document.title = title;
  }, [title]);
  // A page begins at its top, wherever the one before was scrolled to; so do a case, a patient and a model, which
  // are parameters of one path.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes is the page, not what the effect reads.
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
  }, [address]);
  const secure = window.isSecureContext || screen?.insecure;
  const content = (
    <CrashBoundary key={path}>
      {screen && (secure ? <screen.Component /> : <InsecurePage />)}
      {!screen && <MissingPage path={path} />}
    </CrashBoundary>
  );
  if (screen?.bare) return content;
  return (
    <div className={styles.shell}>
      {/* A button, because a link to "#main" would be taken for a route. */}
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {t('app.skip')}
      </button>
      <Header path={screen?.path ?? ''} />
      <RestartNotice />
      <main ref={main} className={styles.main} tabIndex={-1}>
        <OutcomeBar>{content}</OutcomeBar>
      </main>
      <footer className={styles.footer}>
        <p>
          {t('app.disclaimer')} <a href="#/intended-use">{t('page.intendedUse')}</a>
        </p>
        <p>{t('app.private')}</p>
      </footer>
    </div>
  );
}
