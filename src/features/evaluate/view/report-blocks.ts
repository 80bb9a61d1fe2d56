import type { Block } from '../../../report/blocks';
import { pngOf, svgText } from '../../../ui/plots/picture';

/** What can be pressed, or is not for a report: photos, controls, the calibration of this site. */
const leftOut =
  'button, input, select, label, [role="slider"], [role="radiogroup"], [role="status"], [data-no-report]';
const plotted = 'figure > div:not(:first-child) svg';

/** The results that stand on the page as a report's blocks, plots in the colours of paper. */
export function blocksOf(results: HTMLElement): Block[] {
  return inLightColours(() => blocksIn(results));
}

/** The plots as PNG, in the order of the blocks and in the colours of paper. */
export async function plotPictures(results: HTMLElement): Promise<Uint8Array[]> {
  const figures = [...results.querySelectorAll('figure[data-plot]')].filter(
    (figure) => !figure.closest('[data-no-report]'),
  );
  const plots = figures.flatMap((figure) => figure.querySelector<SVGSVGElement>(plotted) ?? []);
  // A picture is read from the page at once; only its pixels come later.
  const pictures = inLightColours(() => plots.map((plot) => pngOf(plot, 2)));
  return Promise.all(pictures.map(async (picture) => new Uint8Array(await (await picture).arrayBuffer())));
}

function blocksIn(element: Element): Block[] {
  return [...element.children].flatMap((child): Block[] => {
    if (child.matches(leftOut)) return [];
    if (child.matches('figure[data-plot]')) return plotBlock(child);
    if (child.matches('h1, h2, h3, h4')) {
      const level = child.matches('h1, h2') ? 2 : 3;
      return [{ kind: 'heading', level, text: textOf(child) }];
    }
    if (child.matches('dl')) return [figuresBlock(child)];
    if (child.matches('table')) return [tableBlock(child)];
    if (child.matches('ul, ol')) return [{ kind: 'list', items: [...child.children].map(textOf) }];
    if (child.querySelector('p, h2, h3, dl, table, ul, figure') !== null) return blocksIn(child);
    const text = textOf(child);
    return text === '' ? [] : [{ kind: 'paragraph', text }];
  });
}

function plotBlock(figure: Element): Block[] {
  const svg = figure.querySelector<SVGSVGElement>(plotted);
  if (!svg) return [];
  const caption = figure.querySelector('figcaption');
  return [
    {
      kind: 'plot',
      heading: figure.getAttribute('data-heading') ?? '',
      caption: caption ? textOf(caption) : '',
      svg: svgText(svg),
    },
  ];
}

function figuresBlock(list: Element): Block {
  const items = [...list.children].map((item) => {
    const [value = '', ...below] = linesOf(item.querySelector('dd'));
    return { label: textOf(item.querySelector('dt')), value, below };
  });
  return { kind: 'figures', items };
}

function tableBlock(table: Element): Block {
  const cells = (row: Element | null) => [...(row?.children ?? [])].map(linesOf);
  return {
    kind: 'table',
    head: cells(table.querySelector('thead tr')),
    rows: [...table.querySelectorAll('tbody tr')].map(cells),
  };
}

/** Each element in it a line of its own, and what stands beside them the first. */
function linesOf(element: Element | null): string[] {
  if (!element) return [];
  const own = [...element.childNodes]
    .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
    .map(({ textContent }) => textContent ?? '')
    .join('')
    .trim();
  const inner = [...element.children].filter((child) => !child.matches(leftOut)).map(textOf);
  return [own, ...inner].filter((line) => line !== '');
}

function textOf(element: Element | null): string {
  if (!element) return '';
  const copy = element.cloneNode(true) as Element;
  for (const pressed of copy.querySelectorAll(leftOut)) pressed.remove();
  return (copy.textContent ?? '').replace(/[ \t\n]+/g, ' ').trim();
}

/** The report is printed on white, whatever the page's own ground is. Nothing is painted in between. */
function inLightColours<T>(read: () => T): T {
  const page = document.documentElement.dataset;
  const before = page.mantineColorScheme;
  page.mantineColorScheme = 'light';
  try {
    return read();
  } finally {
    page.mantineColorScheme = before;
  }
}
