import { expect, test } from 'vitest';
import { renderMarkdown } from './markdown';

const render = (text: string) =>
  renderMarkdown(text, (link) => (link.startsWith('no') ? null : `to/${link}`));

test('headings get the ids that GitHub gives them', () => {
  const { headings, title } = render(
    '# A `kiosk`, locked\n\n## What is kept\n\n## What is kept\n\n## 사진 찍기\n',
  );
  expect(title).toBe('A kiosk, locked');
  expect(headings.map(({ id }) => id)).toEqual([
    'a-kiosk-locked',
    'what-is-kept',
    'what-is-kept-1',
    '사진-찍기',
  ]);
});

test('links and pictures are resolved; those that lead nowhere are plain words', () => {
  const { html, links } = render(
    '[a](a.md) [**b**](../../no.ts) ![c](c.webp) [d](nowhere.md) ![a drawing](none.webp)',
  );
  expect(links).toEqual(['to/a.md', 'to/../../no.ts', 'to/c.webp']);
  expect(html).toContain('<a href="to/a.md">a</a>');
  expect(html).toContain('<span title="nowhere.md">d</span>');
  expect(html).toContain('<img src="to/c.webp" alt="c" loading="lazy">');
  expect(html).toContain('</span> a drawing</p>');
});

test('a line break in a table is one, and any other tag is shown as it is written', () => {
  const { html } = render('| a |\n|---|\n| b<br>c <script>d</script> |\n');
  expect(html).toContain('b<br>\nc &lt;script&gt;d&lt;/script&gt;');
  expect(html).toContain('<div class="scroll"><table>');
});

test('sections hold the words under a heading, without figures', () => {
  const { sections } = render(
    '# One\n\nFirst words.\n\n## Two\n\n| name | value |\n|---|---|\n| AUC | 0.9 |\n',
  );
  expect(sections).toEqual([
    { id: 'one', text: 'One', words: 'First words. ' },
    { id: 'two', text: 'Two', words: 'name value AUC ' },
  ]);
});

test('an empty cell of a table head is a plain cell', () => {
  const { html } = render('| | open |\n|---|---|\n| **kiosk** | yes |\n');
  expect(html).toMatch(/<tr>\s*<td><\/td>\s*<th>open<\/th>/);
});
