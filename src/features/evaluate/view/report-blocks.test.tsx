// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { blocksOf } from './report-blocks';
import { reportPage } from './report-page';

function page(html: string): HTMLElement {
  const results = document.createElement('div');
  results.innerHTML = html;
  document.body.append(results);
  return results;
}

const results = page(`
  <div data-no-report><h1>Tiny</h1><button>Export</button></div>
  <section><h2>Results</h2>
    <dl><div><dt>AUC<button aria-label="What is it?">?</button></dt>
      <dd><span>0.912</span><span>0.900 to 0.923</span></dd></div></dl>
    <p>24 images,
      20 groups.</p>
    <div><table><thead><tr><th>Class</th><th>Recall</th></tr></thead>
      <tbody><tr><th>Nevus<span>nv</span></th><td><span>90.0 %</span><span>80.0 % to 95.0 %</span></td></tr></tbody></table></div>
  </section>
  <section><h3>By part</h3><div role="radiogroup">Counts</div><div>Loose &lt;text&gt;</div></section>
  <section data-no-report><p>A photo</p></section>
`);

test('what stands on the page, in its order, without what can be pressed', () => {
  expect(blocksOf(results)).toEqual([
    { kind: 'heading', level: 2, text: 'Results' },
    { kind: 'figures', items: [{ label: 'AUC', value: '0.912', below: ['0.900 to 0.923'] }] },
    { kind: 'paragraph', text: '24 images, 20 groups.' },
    {
      kind: 'table',
      head: [['Class'], ['Recall']],
      rows: [
        [
          ['Nevus', 'nv'],
          ['90.0 %', '80.0 % to 95.0 %'],
        ],
      ],
    },
    { kind: 'heading', level: 3, text: 'By part' },
    { kind: 'paragraph', text: 'Loose <text>' },
  ]);
});

test('the HTML file holds the blocks and the disclaimer, and needs nothing else', () => {
  const html = reportPage(
    [...blocksOf(results), { kind: 'plot', heading: 'ROC', caption: 'Area 0.9.', svg: '<svg></svg>' }],
    { language: 'en', title: 'Evaluation <1>', facts: ['2026'] },
    'Not a medical device.',
  );
  const report = new DOMParser().parseFromString(html, 'text/html');
  expect(report.querySelector('h1')?.textContent).toBe('Evaluation <1>');
  expect(report.querySelector('.disclaimer')?.textContent).toBe('Not a medical device.');
  expect(report.querySelector('dd')?.textContent).toBe('0.9120.900 to 0.923');
  expect(report.querySelector('tbody th')?.firstChild?.textContent).toBe('Nevus');
  expect(report.querySelectorAll('figure svg')).toHaveLength(1);
  expect(report.body.textContent).toContain('Loose <text>');
  expect(report.querySelectorAll('script, link, [src], button')).toHaveLength(0);
});
