import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './command';

/** What installing, building and testing leave behind; no document may lean on it. */
const made =
  /^(node_modules|dist|test-results|playwright-report|screenshots|__pycache__|coverage|\.git|\.venv|\..*_cache)$/;

/** Every file of the checkout by its path, with `/` on every system. */
function filesIn(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !made.test(name))
    .flatMap((entry) => {
      const path = folder + entry.name;
      return entry.isDirectory() ? filesIn(`${path}/`) : [path];
    });
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const files = filesIn();
const pages = files.filter((path) => path.endsWith('.md'));
const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);

/** A file in backticks: `src/core/card/card.ts`, `rooms.ts`. */
const fileName = /`([\w./@-]+\.(?:tsx?|py|ya?ml|toml|css))`/g;
/** A folder or file in backticks, from the checkout on: `src/core`. */
const path = /`((?:src|scripts|e2e|bench|vite|training|public|docs|portable)\/(?!\.venv)[\w./@-]+)`/g;

const namesIn = (page: string) =>
  [fileName, path].flatMap((pattern) => [...read(page).matchAll(pattern)].map(([, name = '']) => name));
const isThere = (name: string) => existsSync(join(root, name));
const endsAPath = (name: string) => files.some((file) => file.endsWith(`/${name}`));

describe('the documents', () => {
  // A newcomer follows these file by file. Without a folder, a file is in the one that the sentence names.
  it.each(['CONTRIBUTING.md', 'docs/ARCHITECTURE.md'])('%s names files by their whole path', (page) => {
    const names = namesIn(page);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !isThere(name) && (name.includes('/') || !endsAPath(name)))).toEqual([]);
  });

  it.each(pages)('%s names no file that is gone', (page) => {
    expect(namesIn(page).filter((name) => !isThere(name) && !endsAPath(name))).toEqual([]);
  });

  it.each(pages)('%s links to what is there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)\s#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !isThere(join(dirname(page), link)))).toEqual([]);
  });

  it.each(pages)('%s names npm scripts that exist', (page) => {
    const named = [...read(page).matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });
});
