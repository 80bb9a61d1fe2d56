import type { PDFImage } from '@cantoo/pdf-lib';
import { failure, type Result, success } from '../core/failure';
import type { Block, ReportHead } from './blocks';
import { accent, faint, PdfPages } from './pdf-pages';
import { body, heading, setProperties, small } from './pdf-parts';
import { type Disclaimer, fill, type Language } from './words';

/** Load this module with `import()`: the PDF library is large. */

export interface BlocksPdf {
  head: ReportHead & { language: Language };
  blocks: readonly Block[];
  /** PNG of the plots, in the order in which they stand among the blocks. */
  plots: readonly Uint8Array[];
  disclaimer: Disclaimer;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** "Page {{page}} of {{pages}}". */
  pageWords: string;
  /** A TrueType font with Korean: `loadKoreanFont`. */
  koreanFont: Uint8Array;
}

/** Points: between columns, and the most height that a plot has. */
const gap = 14;
const plotHeight = 230;

/**
 * The blocks on A4, one after the other, plots in pairs; the disclaimer in both languages at the foot of
 * every page. All text can be selected. Fails with "file-unreadable" where a plot is no PNG.
 */
export async function blocksPdf(data: BlocksPdf): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const { head, blocks, disclaimer } = data;
  const pages = await PdfPages.start(data.koreanFont);
  setProperties(pages, head.title, data.createdAt, head.language);
  const plots: PDFImage[] = [];
  for (const png of data.plots) {
    try {
      plots.push(await pages.document.embedPng(png));
    } catch (error) {
      return failure('file-unreadable', { reason: String(error) });
    }
  }
  pages.paragraph(head.title, { size: 16, colour: accent });
  pages.y -= 4;
  for (const fact of head.facts) pages.paragraph(fact, { size: 7, colour: faint });
  pages.y -= 4;
  let waiting: { plot: Extract<Block, { kind: 'plot' }>; image: PDFImage }[] = [];
  const drawWaiting = () => {
    if (waiting.length > 0) drawPlots(pages, waiting);
    waiting = [];
  };
  for (const [index, block] of blocks.entries()) {
    // A heading stays with the plots below it.
    if (block.kind === 'heading' && blocks[index + 1]?.kind === 'plot') {
      drawWaiting();
      pages.need(plotHeight + 80);
    }
    if (block.kind === 'plot') {
      const image = plots.shift();
      if (image) waiting.push({ plot: block, image });
      if (waiting.length === 2) drawWaiting();
    } else {
      drawWaiting();
      drawText(pages, block);
    }
  }
  drawWaiting();
  pages.feet([disclaimer.en, disclaimer.ko], (page, all) => fill(data.pageWords, { page, pages: all }));
  return success(new Uint8Array(await pages.document.save()));
}

function drawText(pages: PdfPages, block: Exclude<Block, { kind: 'plot' }>): void {
  switch (block.kind) {
    case 'heading':
      if (block.level === 2) {
        pages.need(90);
        pages.y -= 8;
        pages.paragraph(block.text, { size: 13, colour: accent });
        pages.y -= 3;
      } else heading(pages, block.text);
      break;
    case 'paragraph':
      pages.paragraph(block.text, body);
      pages.y -= 3;
      break;
    case 'list':
      for (const item of block.items) pages.paragraph(`• ${item}`, body);
      pages.y -= 3;
      break;
    case 'figures':
      drawGrid(
        pages,
        4,
        block.items.map(({ label, value, below }) => (at) => {
          pages.paragraph(label, small, at);
          pages.paragraph(value, { size: 11 }, at);
          for (const line of below) pages.paragraph(line, small, at);
        }),
      );
      break;
    case 'table':
      for (const [index, row] of [block.head, ...block.rows].entries()) {
        const style = index === 0 ? small : { size: 7.5 };
        // A cell over several columns stands in the first of them.
        drawGrid(
          pages,
          Math.max(1, block.head.length, row.length),
          row.map((lines) => (at) => {
            for (const line of lines) pages.paragraph(line, style, at);
          }),
        );
      }
      pages.y -= 3;
      break;
  }
}

/** Cells in rows of so many columns; a row stays on one page. */
function drawGrid(
  pages: PdfPages,
  columns: number,
  cells: readonly ((at: { left: number; width: number }) => void)[],
): void {
  const space = columns > 6 ? gap / 2 : gap;
  const width = (pages.width - space * (columns - 1)) / columns;
  for (let start = 0; start < cells.length; start += columns) {
    pages.sideBySide(
      ...cells.slice(start, start + columns).map((draw, index) => () => {
        draw({ left: pages.left + index * (width + space), width });
      }),
    );
    pages.y -= 3;
  }
}

function drawPlots(
  pages: PdfPages,
  pair: readonly { plot: Extract<Block, { kind: 'plot' }>; image: PDFImage }[],
): void {
  const width = (pages.width - gap) / 2;
  pages.y -= 4;
  pages.sideBySide(
    ...pair.map(({ plot, image }, index) => () => {
      const at = { left: pages.left + index * (width + gap), width };
      pages.paragraph(plot.heading, { size: 9, colour: accent }, at);
      const scale = Math.min(width / image.width, plotHeight / image.height);
      pages.y -= image.height * scale + 3;
      pages.image(image, at.left, pages.y, image.width * scale, image.height * scale);
      pages.y -= 2;
      pages.paragraph(plot.caption, small, at);
    }),
  );
  pages.y -= 4;
}
