import { type Failure, failure } from '../../../core/failure';
import type { BlocksPdf } from '../../../report/blocks-pdf';
import { loadKoreanFont } from '../../../report/korean-font';
import { saveFile } from '../../../ui/save-file';
import { blocksOf, plotPictures } from './report-blocks';

/** Saves the results on the page as PDF, with the same blocks as the HTML file. Gives back why it could not. */
export async function saveReportPdf(
  fileName: string,
  results: HTMLElement,
  about: Pick<BlocksPdf, 'head' | 'disclaimer' | 'createdAt' | 'pageWords'>,
): Promise<Failure | null> {
  try {
    const blocks = blocksOf(results);
    // Before anything is waited for: the page changes back behind it.
    const drawing = plotPictures(results);
    const [{ blocksPdf }, font, plots] = await Promise.all([
      import('../../../report/blocks-pdf'),
      loadKoreanFont(),
      drawing,
    ]);
    if (!font.ok) return font.failure;
    const pdf = await blocksPdf({ ...about, blocks, plots, koreanFont: font.value });
    if (!pdf.ok) return pdf.failure;
    saveFile(fileName, new Blob([pdf.value], { type: 'application/pdf' }));
    return null;
  } catch (error) {
    return failure('internal', { reason: String(error) }).failure;
  }
}
