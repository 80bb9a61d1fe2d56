import type { Plugin } from 'vite';
import english from '../src/app/languages/install.en.json' with { type: 'json' };
import korean from '../src/app/languages/install.ko.json' with { type: 'json' };

/**
 * One file a language: the page links the one of the language that it shows (src/app/installed-language.ts).
 */
export const manifestNames = { en: 'manifest.webmanifest', ko: 'manifest.ko.webmanifest' } as const;

type Language = keyof typeof manifestNames;

/**
 * What a browser asks for before it offers to install a page (W3C Web Application Manifest). All addresses
 * are relative to the file.
 */
function webManifest(language: Language) {
  const { app } = { en: english, ko: korean }[language].install;
  return {
    // The same in both languages: it is one app.
    id: './',
    start_url: './',
    scope: './',
    name: app.name,
    short_name: 'Lentigo',
    description: app.description,
    lang: language,
    dir: 'ltr',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#0b756f',
    categories: ['medical', 'education', 'photo'],
    icons: [
      { src: './icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: './icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: './icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    shortcuts: [
      { name: app.clinic, url: './#/clinic' },
      { name: app.selfCheck, url: './#/self-check' },
    ],
  };
}

/** Puts the manifests into the build. */
export function webManifests(): Plugin {
  return {
    name: 'lentigo:web-manifests',
    apply: 'build',
    generateBundle() {
      for (const language of ['en', 'ko'] as const) {
        const source = `${JSON.stringify(webManifest(language), null, 2)}\n`;
        this.emitFile({ type: 'asset', fileName: manifestNames[language], source });
      }
    },
  };
}
