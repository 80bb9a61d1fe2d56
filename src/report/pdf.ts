import { type PDFImage, rgb } from '@cantoo/pdf-lib';
import { failure, type Result, success } from '../core/failure';
import { stripMetadata } from '../core/image/image-metadata';
import { type ReportBar, type ReportRow, type ReportSource, reportContent } from './content';
import { accent, faint, lineHeight, PdfPages } from './pdf-pages';
import { type Disclaimer, fill, type Language, type ReportWords } from './words';

/**
 * Stands in cases, not in engine: a report draws a case (patient, lesion, own impression), which engine must
 * not know, and needs neither the worker nor a tensor. Load this module with `import()`: the PDF library is
 * large.
 */

export interface PdfPicture {
  /** JPEG or PNG, upright. Metadata in it are taken out. */
  bytes: Uint8Array;
  caption: string;
}

export interface PdfSource {
  source: ReportSource;
  words: ReportWords;
  language: Language;
  disclaimer: Disclaimer;
  /** The photo, then the overlay where there is one; shown side by side. */
  pictures: readonly PdfPicture[];
  /** A TrueType font with Korean: `loadKoreanFont`. */
  koreanFont: Uint8Array;
}

const body = { size: 9.5 };
const labelWidth = 150;
const track = rgb(0.91, 0.92, 0.93);

/**
 * A report on A4: pictures, answer, probabilities, model, provenance, and the disclaimer in both languages at
 * the foot of every page. All text can be selected. The same data give the same report. Fails with
 * "file-unsupported" for a picture that is not JPEG or PNG, or that is to be turned by its EXIF, and
 * "file-unreadable" for a broken one.
 */
export async function pdfReport(data: PdfSource): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const { source, words, language, disclaimer } = data;
  const content = reportContent(source, words, language);
  const pages = await PdfPages.start(data.koreanFont);
  const pictures = await embedded(pages, data.pictures);
  if (!pictures.ok) return pictures;
  setProperties(pages, content.title, source.analysis.createdAt, language);

  pages.paragraph(content.title, { size: 17, colour: accent });
  pages.paragraph(content.created, { size: 9, colour: faint });
  rows(pages, words.case.heading, content.caseRows);
  pictureRow(pages, pictures.value);
  heading(pages, words.answer.heading);
  pages.paragraph(content.lead, { size: 14 });
  pages.y -= 4;
  for (const sentence of content.answer) {
    pages.paragraph(sentence, body);
    pages.y -= 2;
  }
  probabilities(pages, words, content.bars);
  rows(pages, words.model.heading, content.model);
  rows(pages, words.provenance.heading, content.provenance);
  pages.feet([disclaimer.en, disclaimer.ko], (page, count) => fill(words.page, { page, pages: count }));
  return success(new Uint8Array(await pages.document.save()));
}

/** Nothing of the patient goes here: file managers show it. */
export function setProperties({ document }: PdfPages, title: string, date: string, language: Language): void {
  document.setTitle(title, { showInWindowTitleBar: true });
  document.setLanguage(language);
  document.setCreator('Lentigo');
  document.setProducer('Lentigo');
  document.setCreationDate(new Date(date));
  document.setModificationDate(new Date(date));
}

export interface Picture {
  image: PDFImage;
  caption: string;
}

export async function embedded(pages: PdfPages, pictures: readonly PdfPicture[]): Promise<Result<Picture[]>> {
  const done: Picture[] = [];
  for (const { bytes, caption } of pictures) {
    // A JPEG goes into a PDF as it is, EXIF and all, if nothing is done about it.
    const stripped = stripMetadata(bytes);
    if (!stripped.ok) return stripped;
    const { format, orientation, bytes: clean } = stripped.value;
    if (orientation !== 1) return failure('file-unsupported', { reason: 'not upright', orientation });
    try {
      const embed = format === 'jpeg' ? pages.document.embedJpg(clean) : pages.document.embedPng(clean);
      done.push({ image: await embed, caption });
    } catch (error) {
      return failure('file-unreadable', { reason: String(error) });
    }
  }
  return success(done);
}

export function pictureRow(pages: PdfPages, pictures: readonly Picture[]): void {
  if (pictures.length === 0) return;
  const gap = 12;
  const width = (pages.width - gap * (pictures.length - 1)) / Math.max(2, pictures.length);
  const boxes = pictures.map(({ image, caption }) => {
    const scale = Math.min(width / image.width, 230 / image.height);
    return { image, caption, width: image.width * scale, height: image.height * scale };
  });
  const height = Math.max(...boxes.map((box) => box.height));
  pages.y -= 12;
  // Four lines of caption: pictures and captions stay on one page.
  pages.need(height + 5 * lineHeight(8));
  const top = pages.y;
  let lowest = top - height;
  boxes.forEach((box, index) => {
    const left = pages.left + index * (width + gap);
    pages.image(box.image, left, top - box.height, box.width, box.height);
    pages.y = top - height - 2;
    pages.paragraph(box.caption, { size: 8, colour: faint }, { left, width });
    lowest = Math.min(lowest, pages.y);
  });
  pages.y = lowest;
}

export function heading(pages: PdfPages, text: string): void {
  // A heading never stands alone at the end of a page.
  pages.need(60);
  pages.y -= 12;
  pages.paragraph(text, { size: 12, colour: accent });
  pages.y -= 4;
}

export function rows(pages: PdfPages, title: string, all: readonly ReportRow[]): void {
  if (all.length === 0) return;
  heading(pages, title);
  for (const { label, value } of all) pages.row(label, value, body, labelWidth);
}

/** Columns from the left margin: name, bar, calibrated, raw, logit. */
const columns = { bar: 170, calibrated: 330, raw: 400, logit: 455 };
const barWidth = 150;

function probabilities(pages: PdfPages, words: ReportWords, bars: readonly ReportBar[]): void {
  heading(pages, words.table.heading);
  const small = { size: 8, colour: faint };
  pages.y -= lineHeight(small.size);
  const { class: name, calibrated, raw, logit } = words.table;
  pages.line(name, pages.left, pages.y, small);
  pages.line(calibrated, pages.left + columns.calibrated, pages.y, small);
  pages.line(raw, pages.left + columns.raw, pages.y, small);
  pages.line(logit, pages.left + columns.logit, pages.y, small);
  for (const reportBar of bars) bar(pages, words, reportBar);
}

const signs = { malignant: '▲', premalignant: '△' };

function bar(pages: PdfPages, words: ReportWords, reportBar: ReportBar): void {
  const label =
    reportBar.kind === 'benign'
      ? reportBar.label
      : `${signs[reportBar.kind]} ${reportBar.label} (${words.verdict.kind[reportBar.kind]})`;
  pages.need(3 * lineHeight(body.size));
  const top = pages.y;
  pages.y -= 2;
  pages.paragraph(label, body, { width: columns.bar - 8 });
  const bottom = pages.y;
  const y = top - 2 - lineHeight(body.size);
  pages.line(reportBar.calibrated, pages.left + columns.calibrated, y, body);
  pages.line(reportBar.raw, pages.left + columns.raw, y, { ...body, colour: faint });
  pages.line(reportBar.logit, pages.left + columns.logit, y, { ...body, colour: faint });
  const left = pages.left + columns.bar;
  const width = Math.max(1, barWidth * reportBar.probability);
  pages.rectangle(left, y - 1, barWidth, 9, track);
  pages.rectangle(left, y - 1, width, 9, accent);
  // Beside sign and word, stripes tell malignant classes apart without colour, and dots precancerous ones.
  if (reportBar.kind === 'malignant') {
    for (let x = left + 3; x + 1.5 <= left + width; x += 4.5) pages.rectangle(x, y - 1, 1.5, 9, track);
  }
  if (reportBar.kind === 'premalignant') {
    for (let x = left + 3; x + 2 <= left + width; x += 5) pages.rectangle(x, y + 2.5, 2, 2, track);
  }
  pages.y = bottom;
}
