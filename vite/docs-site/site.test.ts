import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import MiniSearch from 'minisearch';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/command';
import { type Entry, searchOptions } from './search-options';
import { readDocsSite } from './site';

const site = readDocsSite(root);
const assets = { script: 'site.js', style: 'site.css', policy: true };
const html = new Map(site.pages.map((page) => [page.address, site.html(page, assets)]));
const pictures = site.pictures();
/** Beside the pages: what the plugin adds, and what the app has one folder up. */
const others = new Set(['site.js', 'site.css', 'favicon.svg', '../', '../colour-scheme.js']);

const addressesIn = (text: string) =>
  [...text.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, address = '']) => address);
const idsIn = (text: string) => new Set([...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));

describe('the documentation as a site', () => {
  it('has every document, each with a title, and leads to each from its first page', () => {
    const documents = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.md'),
    );
    expect(site.pages.filter(({ source }) => source.startsWith('docs/'))).toHaveLength(documents.length);
    expect(site.pages.filter(({ title }) => title === '')).toEqual([]);
    const reached = new Set(['index.html']);
    for (const address of reached) {
      for (const link of addressesIn(html.get(address) ?? '')) {
        const to = posix.join(posix.dirname(address), link.replace(/#.*/, ''));
        if (html.has(to)) reached.add(to);
      }
    }
    expect([...html.keys()].filter((address) => !reached.has(address))).toEqual([]);
  });

  it.each([...html.keys()])('%s leads nowhere in vain', (address) => {
    const text = html.get(address) ?? '';
    const broken = addressesIn(text).filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const to = path === '' ? address : posix.join(posix.dirname(address), path);
      if (others.has(to)) return false;
      if (anchor !== undefined) return !idsIn(html.get(to) ?? '').has(decodeURIComponent(anchor));
      return !html.has(to) && !pictures.has(to);
    });
    expect(broken).toEqual([]);
  });

  it.each([...html.keys()])('%s has nothing that the policy of the app refuses', (address) => {
    const text = html.get(address) ?? '';
    expect(text.match(/<script(?![^>]* src=)|<[^>]+ on[a-z]+=|<style|<iframe|<object/g)).toBeNull();
    expect(addressesIn(text).filter((link) => link.startsWith('/'))).toEqual([]);
    for (const [, source] of text.matchAll(/ src="([^"]*)"/g)) expect(source).not.toMatch(/^[a-z]+:/);
  });

  it('shows a file of the repository that is in no page by its name alone', () => {
    expect(html.get('self-check.html')).toContain('<span title="src/features/self-check/model/outcome.ts">');
  });

  it('has each quick start in both languages, with the same steps and pictures', () => {
    const starts = site.pages.filter(({ source }) => /^docs\/start\/[\w-]+\.md$/.test(source));
    expect(starts.length).toBeGreaterThanOrEqual(4);
    for (const { source, headings, links } of starts) {
      const korean = site.pages.find((page) => page.source === source.replace('start/', 'start/ko/'));
      expect(korean?.language, source).toBe('ko');
      expect(korean?.title).toMatch(/[가-힣]/);
      expect(korean?.headings.map(({ level }) => level)).toEqual(headings.map(({ level }) => level));
      const pictureNames = (all: readonly string[] = []) =>
        all.filter((link) => link.endsWith('.webp')).map((link) => posix.basename(link).replace(/^ko-/, ''));
      expect(pictureNames(korean?.links)).toEqual(pictureNames(links));
      if (!source.endsWith('README.md')) expect(pictureNames(links).length).toBeGreaterThanOrEqual(4);
    }
  });

  it('has pictures that come quickly', () => {
    const folder = join(root, 'docs/start/pictures');
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    expect(Math.max(...sizes)).toBeLessThan(120_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_500_000);
    for (const name of readdirSync(folder)) expect([...pictures.keys()]).toContain(`start/pictures/${name}`);
    for (const address of pictures.keys()) expect(existsSync(join(root, 'docs', address))).toBe(true);
  });
});

describe('the search', () => {
  const index = MiniSearch.loadJSON<Entry>(site.searchIndex(), searchOptions);
  const found = (query: string) => index.search(query).map(({ address }) => String(address));

  it.each([
    ['calibration', 'site-calibration.html'],
    ['calibr', 'site-calibration.html'],
    ['calibraton', 'site-calibration.html'],
    ['usb stick', 'deploy.html'],
    ['conformal', 'flags-and-sets.html'],
    ['사진', 'start/ko/'],
    ['기준값', 'start/ko/clinic.html'],
    ['키오스크 설정', 'start/ko/kiosk.html'],
  ])('finds "%s" in %s', (query, page) => {
    expect(found(query).slice(0, 12).join(' ')).toContain(page);
  });

  it('finds a Korean noun inside a longer word, whatever follows it', () => {
    // "피부확대경용", "카메라"
    expect(found('확대경').join(' ')).toContain('start/ko/clinic.html');
    expect(found('메라').join(' ')).toContain('start/ko/kiosk.html');
  });

  it('finds nothing for what nobody wrote', () => {
    expect(found('xylophone')).toEqual([]);
  });
});
