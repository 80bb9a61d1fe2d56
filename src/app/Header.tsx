import { ActionIcon, SegmentedControl, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { helpAddress } from '../ui/addresses';
import { useLanguage } from '../ui/context';
import { BackendIndicator } from './BackendIndicator';
import { chooseLanguage } from './languages';
import { OfflineButton } from './OfflineButton';
import { screens } from './screens';
import styles from './shell.module.css';

export function Header({ path }: { path: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const nav = useRef<HTMLElement>(null);
  // On a phone the screens go on beyond the edge, and the one that is shown must not lie there.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>(`[href="#/${path}"]`);
    if (current) nav.current?.scrollTo({ left: current.offsetLeft - nav.current.offsetLeft });
  }, [path]);
  const help = screens.find((screen) => screen.path === path)?.help ?? 'index';
  return (
    <header className={styles.header}>
      <a className={styles.brand} href="#/">
        <Mark />
        {t('app.name')}
      </a>
      <nav ref={nav} className={styles.nav} aria-label={t('app.screens')}>
        {screens
          .filter(({ hidden }) => !hidden)
          .map((screen) => (
            <a
              key={screen.path}
              href={`#/${screen.path}`}
              aria-current={screen.path === path ? 'page' : undefined}
            >
              {t(screen.title)}
            </a>
          ))}
      </nav>
      <a
        className={styles.help}
        href={helpAddress(help, language)}
        target="_blank"
        rel="noopener"
        title={t('app.helpMeaning')}
      >
        {t('app.help')}
      </a>
      <div className={styles.tools}>
        <BackendIndicator />
        <OfflineButton />
        <LanguageSwitch />
        <ColourSchemeSwitch />
      </div>
    </header>
  );
}

/** A lentigo: a small spot, seen through a lens. */
function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
      <circle cx="13" cy="13" r="11.5" fill="none" stroke="currentColor" strokeWidth="2" />
      <path
        fill="currentColor"
        d="M9 10.2c2-2.6 6-2.8 7.8-.6 1.7 2 1.2 5.8-1 7.3-2.3 1.6-6 1-7.2-1.4-.8-1.7-.7-3.8.4-5.3Z"
      />
    </svg>
  );
}

function LanguageSwitch() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  // Shown at once: while its texts are on their way, the way back must be a choice too.
  const [pending, setPending] = useState<string | null>(null);
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('app.language')}
      value={pending ?? language}
      onChange={(value) => {
        setPending(value);
        void chooseLanguage(value === 'ko' ? 'ko' : 'en').finally(() => setPending(null));
      }}
      data={[
        { value: 'en', label: <span lang="en">EN</span> },
        { value: 'ko', label: <span lang="ko">한국어</span> },
      ]}
    />
  );
}

function ColourSchemeSwitch() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme() === 'dark';
  return (
    <ActionIcon
      size="lg"
      variant="subtle"
      color="gray"
      aria-label={t(dark ? 'app.toLight' : 'app.toDark')}
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}
    >
      {dark ? <IconSun size={20} aria-hidden /> : <IconMoon size={20} aria-hidden />}
    </ActionIcon>
  );
}
