import { type Result, success } from '../core/failure';
import { type ReportContent, type ReportRow, type ReportSource, reportContent } from './content';
import { accent, faint, PdfPages } from './pdf-pages';
import {
  body,
  embedded,
  type PdfPicture,
  type Picture,
  pictureRow,
  probabilities,
  rows,
  setProperties,
  signature,
} from './pdf-parts';
import { type PatientOverview, patientPage } from './pdf-patient';
import { type Disclaimer, fill, type Language, type ReportWords } from './words';

/**
 * Load this module with `import()`: the PDF library is large. A report draws a case (patient, lesion, own
 * impression), which the engine must not know, and needs neither the worker nor a tensor.
 */

export interface PdfReport {
  source: ReportSource;
  /** The photo, then the overlay where there is one; shown side by side. */
  pictures: readonly PdfPicture[];
}

export interface PdfSource {
  /** One after the other, each from a new page on. More than one begin with a list of all. */
  reports: readonly PdfReport[];
  /** A patient's report begins with this instead of the list. */
  patient?: PatientOverview;
  words: ReportWords;
  language: Language;
  disclaimer: Disclaimer;
  /** A TrueType font with Korean: `loadKoreanFont`. */
  koreanFont: Uint8Array;
}

/**
 * Reports on A4, each on one page where it fits: decision, pictures, case, classes, form of the lesion, lines
 * to be signed, model, provenance, and the disclaimer in both languages at the foot of every page. A model that
 * answered in several of them is described once, after the last. All text can be selected. The same data give
 * the same file. Fails as `embedded` does. Throws without a report and a patient.
 */
export async function pdfReports(data: PdfSource): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const { words, language, disclaimer, patient } = data;
  const [first] = data.reports;
  const createdAt = patient?.createdAt ?? first?.source.analysis.createdAt;
  if (createdAt === undefined) throw new RangeError('A file of no reports was asked for.');
  const contents = data.reports.map(({ source }) => reportContent(source, words, language));
  const pages = await PdfPages.start(data.koreanFont);
  setProperties(pages, patient?.words.title ?? words.title, createdAt, language);
  if (patient) patientPage(pages, patient, contents, words);
  else if (contents.length > 1) overview(pages, words, data.reports, contents);
  const shared = sharedModels(contents);
  for (const [index, content] of contents.entries()) {
    const pictures = await embedded(pages, data.reports[index]?.pictures ?? []);
    if (!pictures.ok) return pictures;
    if (patient || contents.length > 1) pages.newPage();
    // Which model it was stays on the page, which may be read without the others.
    const model = shared.has(keyOf(content)) ? content.model.slice(0, 1) : content.model;
    report(pages, { ...content, model }, words, pictures.value);
  }
  for (const model of shared.values()) rows(pages, words.model.heading, model, dense);
  pages.feet([disclaimer.en, disclaimer.ko], (number, count) =>
    fill(words.page, { page: number, pages: count }),
  );
  return success(new Uint8Array(await pages.document.save()));
}

const keyOf = ({ model }: ReportContent) => JSON.stringify(model);

/** The models that answered in several reports, each once: what they learned from, their licence and their limits. */
function sharedModels(contents: readonly ReportContent[]): ReadonlyMap<string, readonly ReportRow[]> {
  const several = contents.filter(
    (content, index) => contents.findIndex((other) => keyOf(other) === keyOf(content)) !== index,
  );
  return new Map(several.map((content) => [keyOf(content), content.model]));
}

/** What leads of each report, in the order in which they follow. */
function overview(
  pages: PdfPages,
  words: ReportWords,
  reports: readonly PdfReport[],
  contents: readonly ReportContent[],
): void {
  pages.paragraph(fill(words.several, { count: reports.length }), { size: 14, colour: accent });
  pages.y -= 8;
  pages.list(
    contents.map(({ line, created }, index) => () => {
      const { photoName, case: about } = reports[index]?.source ?? {};
      const name = [about?.alias, about?.lesion, photoName].filter((part) => part).join(', ');
      pages.row(`${index + 1}. ${name}`, line, body, 230);
      pages.row('', created, { size: 7 }, 230);
      pages.y -= 3;
    }),
  );
}

/** Points, of the 511 that are between the margins. */
const columns = { case: 150, gap: 14, pictures: 146 };
const fine = { size: 7 };
const dense = { labelWidth: 104, style: fine };

function report(
  pages: PdfPages,
  content: ReportContent,
  words: ReportWords,
  pictures: readonly Picture[],
): void {
  pages.paragraph(content.title, { size: 14, colour: accent });
  pages.paragraph(content.created, { size: 8, colour: faint });
  pages.y -= 6;
  pages.paragraph(content.lead, { size: 13 });
  pages.y -= 2;
  for (const sentence of content.answer) {
    pages.paragraph(sentence, body);
    pages.y -= 1.5;
  }
  const { left, width } = pages;
  const right = left + width - columns.case;
  const beside = width - columns.case - columns.gap;
  const facts = content.caseRows.filter(({ value }) => value.length <= longestFact);
  pages.sideBySide(
    () =>
      pictureRow(pages, pictures, { width: pictures.length > 0 ? beside : width, height: columns.pictures }),
    () =>
      rows(pages, words.case.heading, facts, {
        left: pictures.length > 0 ? right : left,
        width: columns.case,
        labelWidth: 62,
      }),
  );
  for (const { label, value } of content.caseRows.filter((row) => !facts.includes(row)))
    pages.row(label, value, body, 62);
  const half = (width - 2 * columns.gap) / 2;
  pages.sideBySide(
    () => probabilities(pages, words, content.bars, { width: content.form.length > 0 ? half : width }),
    () =>
      rows(pages, words.form.heading, content.form, {
        left: left + half + 2 * columns.gap,
        width: half,
        labelWidth: 104,
      }),
  );
  signature(pages, [words.signature.who, words.signature.date, words.signature.signature]);
  rows(pages, words.model.heading, content.model, dense);
  rows(pages, words.provenance.heading, content.provenance, dense);
}

/** Characters. A longer one, such as a note, goes below over the whole width. */
const longestFact = 60;
