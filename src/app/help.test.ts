import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { helpAddress } from '../ui/addresses';
import { languages } from '../ui/context';
import { screens } from './screens';

/** The Markdown file of a page of the documentation. */
const source = (address: string) =>
  address.replace(/\.html$/, '.md').replace(/(^|\/)index\.md$/, '$1README.md');

test.each(screens.map(({ path, help }) => [path, help] as const))(
  'the help of "%s" has its page',
  (_, help) => {
    for (const language of languages) {
      const address = helpAddress(help, language);
      expect(existsSync(source(address)), address).toBe(true);
    }
  },
);

test('a quick start opens in the language of the reader', () => {
  expect(helpAddress('start/clinic', 'ko')).toBe('./docs/start/ko/clinic.html');
  expect(helpAddress('start/clinic', 'en')).toBe('./docs/start/clinic.html');
  expect(helpAddress('evaluation', 'ko')).toBe('./docs/evaluation.html');
});
