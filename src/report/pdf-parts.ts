import { type PDFImage, rgb } from '@cantoo/pdf-lib';
import { failure, type Result, success } from '../core/failure';
import { stripMetadata } from '../core/image/image-metadata';
import type { ReportBar, ReportRow } from './content';
import { accent, type Column, faint, lineHeight, type PdfPages } from './pdf-pages';
import type { Language, ReportWords } from './words';

/** What the pages of all reports are made of. */

export interface PdfPicture {
  /** JPEG or PNG, upright. Metadata in it are taken out. */
  bytes: Uint8Array;
  caption: string;
}

export interface Picture {
  image: PDFImage;
  caption: string;
}

export const body = { size: 8.5 };
export const small = { size: 7.5, colour: faint };
const track = rgb(0.91, 0.92, 0.93);

/** Nothing of the patient goes here: file managers show it. */
export function setProperties({ document }: PdfPages, title: string, date: string, language: Language): void {
  document.setTitle(title, { showInWindowTitleBar: true });
  document.setLanguage(language);
  document.setCreator('Lentigo');
  document.setProducer('Lentigo');
  document.setCreationDate(new Date(date));
  document.setModificationDate(new Date(date));
}

/**
 * Puts pictures into the document. Fails with "file-unsupported" for a picture that is not JPEG or PNG, or
 * that is to be turned by its EXIF, and "file-unreadable" for a broken one.
 */
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

/** Pictures side by side, each with its caption; `height` is the most that one may have, in points. */
export function pictureRow(
  pages: PdfPages,
  pictures: readonly Picture[],
  { left = pages.left, width = pages.width, height = 230 }: Column & { height?: number } = {},
): void {
  const gap = 10;
  const each = (width - gap * (pictures.length - 1)) / Math.max(2, pictures.length);
  pages.y -= 8;
  pages.sideBySide(
    ...pictures.map(({ image, caption }, index) => () => {
      const scale = Math.min(each / image.width, height / image.height);
      const at = { left: left + index * (each + gap), width: each };
      pages.y -= image.height * scale;
      pages.image(image, at.left, pages.y, image.width * scale, image.height * scale);
      pages.y -= 2;
      pages.paragraph(caption, small, at);
    }),
  );
}

export function heading(pages: PdfPages, text: string, at?: Column): void {
  // A heading never stands alone at the end of a page.
  pages.need(60);
  pages.y -= 7;
  pages.paragraph(text, { size: 10.5, colour: accent }, at);
  pages.y -= 2;
}

/** A section of labels and values. Its rows stay on one page where they fit on one. */
export function rows(
  pages: PdfPages,
  title: string,
  all: readonly ReportRow[],
  { labelWidth = 120, style = body, ...at }: Column & { labelWidth?: number; style?: typeof body } = {},
): void {
  if (all.length === 0) return;
  pages.together(() => {
    heading(pages, title, at);
    for (const { label, value } of all) pages.row(label, value, style, labelWidth, at);
  });
}

const signs = { malignant: '▲', premalignant: '△' };

/** Every class with its bar and its calibrated probability. */
export function probabilities(
  pages: PdfPages,
  words: ReportWords,
  bars: readonly ReportBar[],
  { left = pages.left, width = pages.width }: Column = {},
): void {
  heading(pages, words.table.heading, { left, width });
  const percent = left + width - 36;
  const at = { name: left, bar: left + 0.64 * width, percent, end: percent - 6 };
  for (const bar of bars) {
    const named =
      bar.kind === 'benign' ? bar.label : `${signs[bar.kind]} ${bar.label} (${words.verdict.kind[bar.kind]})`;
    const top = pages.y;
    pages.paragraph(named, body, { left, width: at.bar - left - 6 });
    const y = top - lineHeight(body.size);
    pages.line(bar.calibrated, at.percent, y, body);
    drawBar(pages, bar, at.bar, y - 1, at.end - at.bar);
    pages.y -= 2;
  }
}

function drawBar(
  pages: PdfPages,
  { kind, probability }: ReportBar,
  left: number,
  y: number,
  whole: number,
): void {
  const width = Math.max(1, whole * probability);
  pages.rectangle(left, y, whole, 8, track);
  pages.rectangle(left, y, width, 8, accent);
  // Beside sign and word, stripes tell malignant classes apart without colour, and dots precancerous ones.
  if (kind === 'malignant') {
    for (let x = left + 3; x + 1.5 <= left + width; x += 4.5) pages.rectangle(x, y, 1.5, 8, track);
  }
  if (kind === 'premalignant') {
    for (let x = left + 3; x + 2 <= left + width; x += 5) pages.rectangle(x, y + 3, 2, 2, track);
  }
}

/** Lines to be filled in by hand, with what belongs on each below it. */
export function signature(pages: PdfPages, labels: readonly string[]): void {
  const gap = 18;
  const width = (pages.width - gap * (labels.length - 1)) / labels.length;
  pages.together(() => {
    pages.y -= 24;
    const top = pages.y;
    for (const [index, label] of labels.entries()) {
      const left = pages.left + index * (width + gap);
      pages.rectangle(left, top, width, 0.5, faint);
      pages.line(label, left, top - lineHeight(small.size), small);
    }
    pages.y = top - lineHeight(small.size);
  });
}
