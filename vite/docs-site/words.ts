import english from '../../src/app/languages/en.json' with { type: 'json' };
import korean from '../../src/app/languages/ko.json' with { type: 'json' };
import type { SiteLanguage } from './pages.ts';

/** The words around a page of the documentation. */
export const words = {
  en: {
    documentation: 'Documentation',
    toApp: 'Lentigo, the app',
    skip: english.app.skip,
    pages: 'Pages',
    menu: 'Menu',
    search: 'Search the documentation',
    colours: 'Light or dark colours',
    other: '한국어',
    disclaimer: english.app.disclaimer,
    nothing: 'Nothing found.',
    found: 'Found: {count}',
    failed: 'The search could not be loaded. Try again with the network on.',
  },
  ko: {
    documentation: '도움말',
    toApp: 'Lentigo 앱',
    skip: korean.app.skip,
    pages: '문서 목록',
    menu: '목록',
    search: '도움말 검색',
    colours: '밝은 색 또는 어두운 색',
    other: 'English',
    disclaimer: korean.app.disclaimer,
    nothing: '찾은 내용이 없습니다.',
    found: '찾은 곳: {count}',
    failed: '검색을 불러오지 못했습니다. 네트워크에 연결한 뒤 다시 시도하세요.',
  },
} as const satisfies Record<SiteLanguage, Record<string, string>>;

/** Those of them that the search says in the browser. */
export type SearchWords = Record<'nothing' | 'found' | 'failed', string>;
