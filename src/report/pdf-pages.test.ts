import { expect, test } from 'vitest';
import { koreanFont } from './fixtures/pdf';
import { PdfPages } from './pdf-pages';

const style = { size: 8.5 };

/** From every height of a page on: on which pages the parts of `draw` came to stand. */
async function pagesFromEveryHeight(draw: (pages: PdfPages, onto: (part: number) => void) => void) {
  const pages = await PdfPages.start(koreanFont);
  const found: number[][] = [];
  for (let height = 120; height < 760; height += 3) {
    pages.newPage();
    pages.y = height;
    const onto: number[] = [];
    draw(pages, (part) => {
      onto[part] = pages.document.getPageCount();
    });
    found.push(onto);
  }
  return found;
}
const alone = (onto: readonly number[]) => onto.at(-1) !== onto.at(-2);

test('the last of a list, of one or of several lines, never begins a page alone', async () => {
  for (const text of ['Flagged', 'Flagged\nagain\nand again']) {
    const found = await pagesFromEveryHeight((pages, onto) =>
      pages.list(
        Array.from({ length: 12 }, (_, index) => () => {
          pages.row(`${index + 1}. Lesion`, text, style, 170);
          onto(index);
        }),
      ),
    );
    // Both are on the way: lists that go on overleaf, and lists that need not.
    expect(found.some((onto) => new Set(onto).size === 2)).toBe(true);
    expect(found.some((onto) => new Set(onto).size === 1)).toBe(true);
    expect(found.filter(alone)).toEqual([]);
  }
});

test('of a long text no line stands alone, at the foot of a page or at the head of the next', async () => {
  const found = await pagesFromEveryHeight((pages, onto) => {
    let line = 0;
    const { need } = pages;
    pages.need = (height) => {
      need.call(pages, height);
      onto(line++);
    };
    pages.row('Notes', Array(9).fill('Line').join('\n'), style, 62);
    pages.need = need;
  });
  expect(found.every((onto) => onto.length === 9)).toBe(true);
  expect(found.some((onto) => new Set(onto).size === 2)).toBe(true);
  expect(found.filter(alone)).toEqual([]);
  expect(found.filter(([first, second]) => first !== second)).toEqual([]);
});
