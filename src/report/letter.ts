import { type Failure, type Result, success } from '../core/failure';
import type { ReportRow } from './content';
import { accent, faint, PdfPages } from './pdf-pages';
import { embedded, heading, type PdfPicture, pictureRow, rows, setProperties } from './pdf-parts';
import { type Disclaimer, fill, type Language } from './words';

/**
 * A page that a person takes to the doctor: what they saw and answered, with or without an answer of a model.
 * All words are the caller's.
 */
export interface Letter {
  title: string;
  /** Below the title: when and what for. */
  subtitle: string;
  /** ISO 8601; for the file's properties. */
  createdAt: string;
  pictures: readonly PdfPicture[];
  sections: readonly { heading: string; sentences: readonly string[]; rows: readonly ReportRow[] }[];
  /** "Page {{page}} of {{pages}}". */
  pageNumber: string;
  language: Language;
  /** In both languages at the foot of every page. */
  disclaimer: Disclaimer;
  koreanFont: Uint8Array;
}

/**
 * The letter as A4. Fails as `pdfReport` does. Load this module with `import()`: the PDF library is large.
 */
export async function pdfLetter(letter: Letter): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const pages = await PdfPages.start(letter.koreanFont);
  const pictures = await embedded(pages, letter.pictures);
  if (!pictures.ok) return pictures satisfies { failure: Failure };
  setProperties(pages, letter.title, letter.createdAt, letter.language);
  pages.paragraph(letter.title, { size: 17, colour: accent });
  pages.paragraph(letter.subtitle, { size: 9, colour: faint });
  pictureRow(pages, pictures.value);
  for (const section of letter.sections) {
    if (section.sentences.length > 0) heading(pages, section.heading);
    for (const sentence of section.sentences) {
      pages.paragraph(sentence, { size: 10 });
      pages.y -= 2;
    }
    if (section.sentences.length > 0) {
      for (const { label, value } of section.rows) pages.row(label, value, { size: 9.5 }, 190);
    } else rows(pages, section.heading, section.rows);
  }
  pages.feet([letter.disclaimer.en, letter.disclaimer.ko], (page, count) =>
    fill(letter.pageNumber, { page, pages: count }),
  );
  return success(new Uint8Array(await pages.document.save()));
}
