import type { Analysis } from '../core/analysis';
import { failure, type Result, success } from '../core/failure';
import { toBase64 } from '../core/report/base64';
import { type DocumentSource, documentText } from '../core/report/json';
import { sha256 } from '../core/sha256';
import type { ReportSource } from './content';
import type { Exportable } from './may-leave';
import { explainedClass, overlayCaption } from './overlay-caption';
import type { PdfReport } from './pdf';
import type { PdfPicture } from './pdf-parts';
import type { PatientOverview } from './pdf-patient';
import { cleanPhoto, overlayPhoto, printablePhoto } from './pictures';
import { batchTable, type TableRow } from './table';
import { reportText } from './text';
import type { Disclaimer, Language, ReportWords } from './words';

export interface ExportWords {
  words: ReportWords;
  language: Language;
  disclaimer: Disclaimer;
  /** A time (ISO 8601) as the reader writes it. */
  written: (time: string) => string;
  /** What a package is called in that language; its id where it is no longer there. */
  titleOf: (packageId: string) => string;
}

/** With maps and outline, and still without what must not leave. */
export async function wholeOf(exportable: Exportable): Promise<Analysis> {
  if (!exportable.whole) return exportable.analysis;
  const { activation, attention, lesion } = await exportable.whole();
  return { ...exportable.analysis, activation, attention, lesion };
}

/** What an overlay is to show beside square and outline. */
const overlayOf = ({ card, scale }: Exportable, analysis: Analysis) => ({
  classId: explainedClass(analysis, card),
  scale,
});

const sourceOf = (exportable: Exportable, { written, titleOf }: ExportWords): ReportSource => ({
  analysis: exportable.analysis,
  card: exportable.card,
  otherLesions: exportable.otherLesions,
  unaskedLesions: exportable.unaskedLesions,
  photoName: exportable.photoName,
  scale: exportable.scale,
  case: exportable.case,
  date: written(exportable.analysis.createdAt),
  titleOf,
});

export const textOf = (exportable: Exportable, how: ExportWords): string =>
  reportText(sourceOf(exportable, how), how.words, how.language, how.disclaimer);

/** Pixels: five centimetres on paper are sharp with this, and a file of a hundred photos stays small. */
const longestOfMany = 1200;

/**
 * The report as PDF; of several answers, all in one file, with a list of them first, or with the page of the
 * patient whose lesions they are about. The PDF library and the Korean font are fetched now, from this page's
 * own server.
 */
export async function pdfOf(
  exportables: readonly Exportable[],
  how: ExportWords,
  patient?: PatientOverview,
): Promise<Result<Blob>> {
  const [{ pdfReports }, { loadKoreanFont }] = await Promise.all([import('./pdf'), import('./korean-font')]);
  const font = await loadKoreanFont();
  if (!font.ok) return font;
  const reports: PdfReport[] = [];
  for (const exportable of exportables) {
    const pictures = await picturesOf(exportable, how, exportables.length > 1 ? longestOfMany : Infinity);
    if (!pictures.ok) return pictures;
    reports.push({ source: sourceOf(exportable, how), pictures: pictures.value });
  }
  const { words, language, disclaimer } = how;
  const made = await pdfReports({
    reports,
    words,
    language,
    disclaimer,
    koreanFont: font.value,
    ...(patient && { patient }),
  });
  return made.ok ? success(new Blob([made.value], { type: 'application/pdf' })) : made;
}

/** The photo, and the photo with what the model saw in it, each with its caption. */
async function picturesOf(
  exportable: Exportable,
  how: ExportWords,
  longest: number,
): Promise<Result<PdfPicture[]>> {
  const image = await exportable.image();
  if (!image) return failure('file-unreadable');
  const analysis = await wholeOf(exportable);
  const [photo, overlay] = await Promise.all([
    printablePhoto(image, longest),
    overlayPhoto(image, analysis, { ...overlayOf(exportable, analysis), longest }),
  ]);
  if (!photo.ok) return photo;
  if (!overlay.ok) return overlay;
  const { language, words } = how;
  const caption = overlayCaption(analysis, exportable.card, {
    words: words.photo,
    language,
    scale: exportable.scale,
  });
  return success([
    { bytes: photo.value.bytes, caption: words.photo.whole },
    { bytes: overlay.value.bytes, caption },
  ]);
}

/** The analysis as JSON; with the photo in it, without its metadata, where that is asked for. */
export async function jsonOf(
  exportable: Exportable,
  { disclaimer }: ExportWords,
  withPhoto: boolean,
): Promise<Result<Blob>> {
  const image = await exportable.image();
  if (!image) return failure('file-unreadable');
  const clean = withPhoto ? await cleanPhoto(image) : null;
  if (clean && !clean.ok) return clean;
  const bytes = clean?.value.bytes ?? new Uint8Array(await image.arrayBuffer());
  const text = documentText({
    analysis: await wholeOf(exportable),
    photo: {
      name: exportable.photoName,
      type: clean?.value.type ?? image.type,
      bytes: bytes.length,
      sha256: await sha256(bytes),
      ...(clean ? { data: toBase64(bytes) } : {}),
    },
    ...(exportable.otherLesions?.length && { otherLesions: [...exportable.otherLesions] }),
    ...(exportable.unaskedLesions?.length && { unaskedLesions: [...exportable.unaskedLesions] }),
    ...(exportable.notes && { notes: exportable.notes }),
    ...namesOf(exportable),
    disclaimer,
    exportedAt: new Date().toISOString(),
  });
  return success(new Blob([text], { type: 'application/json' }));
}

/** The case that it is saved in, by its names; nothing of one without names. */
function namesOf({ case: about }: Exportable): Pick<DocumentSource, 'case'> {
  if (!about?.alias && !about?.lesion) return {};
  return { case: { patient: about.alias, lesion: about.lesion, side: about.side ?? null } };
}

export const csvOf = (rows: readonly TableRow[], { disclaimer }: ExportWords): Blob =>
  new Blob([batchTable(rows, disclaimer)], { type: 'text/csv;charset=utf-8' });

/** The photo as it may leave, with or without what the model saw in it. */
export async function pictureOf(exportable: Exportable, withOverlay: boolean): Promise<Result<Blob>> {
  const image = await exportable.image();
  if (!image) return failure('file-unreadable');
  const analysis = withOverlay ? await wholeOf(exportable) : null;
  const made = analysis
    ? await overlayPhoto(image, analysis, overlayOf(exportable, analysis))
    : await cleanPhoto(image);
  return made.ok ? success(new Blob([made.value.bytes], { type: made.value.type })) : made;
}

export const rowOf = (exportable: Exportable): TableRow => ({
  photoName: exportable.photoName,
  alias: exportable.case?.alias ?? null,
  lesion: exportable.case?.lesion ?? null,
  impression: exportable.case?.impression?.label ?? null,
  histology: exportable.case?.histology ?? null,
  analysis: exportable.analysis,
  otherLesions: exportable.otherLesions,
  unaskedLesions: exportable.unaskedLesions,
});

/** A file's name without its ending, with nothing in it that a file system dislikes. */
export function stem(name: string): string {
  return (
    name
      .replace(/\.[a-z0-9]{1,5}$/i, '')
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[-.]+|-+$/g, '') || 'lentigo'
  );
}
