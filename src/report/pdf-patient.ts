import { rgb } from '@cantoo/pdf-lib';
import { bodyPicture, figures, standing } from '../core/patient/body-figures';
import type { BodyPin } from '../core/patient/body-point';
import type { ReportContent, ReportRow } from './content';
import { accent, faint, lineHeight, type PdfPages } from './pdf-pages';
import { body, heading, rows, small } from './pdf-parts';
import { fill, type PatientReportWords, type ReportWords } from './words';

/** The first page of a patient's report: who it is, the body with a pin a lesion, and a row a lesion. */

export interface LesionRow {
  /** That of the pin. */
  number: number;
  label: string;
  /** In words. */
  place: string | null;
  pin: BodyPin | null;
  /** The day of the newest photo, as the reader writes it; null without a photo. */
  lastPhoto: string | null;
  histology: string | null;
  /** Which of the reports is about it; null without one. */
  report: number | null;
  /** A kept answer without a report, whose package is gone; null where no answer is kept. */
  answer: string | null;
}

export interface PatientOverview {
  words: PatientReportWords;
  /** Alias, age and what else is known of the patient. */
  about: readonly ReportRow[];
  /** Lesions, visits and the newest photo, in a sentence. */
  summary: string;
  lesions: readonly LesionRow[];
  /** What stands at the patient's left and right of each figure. */
  letters: Readonly<Record<'left' | 'right', string>>;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** Points, of the 511 that are between the margins. */
const columns = { map: 330, gap: 16, label: 170 };
const skin = rgb(0.87, 0.89, 0.9);
const white = rgb(1, 1, 1);

export function patientPage(
  pages: PdfPages,
  { words, about, summary, lesions, letters }: PatientOverview,
  contents: readonly ReportContent[],
  reportWords: ReportWords,
): void {
  pages.paragraph(words.title, { size: 14, colour: accent });
  pages.paragraph(summary, body);
  const { left, width } = pages;
  pages.sideBySide(
    () => {
      heading(pages, words.map, { left, width: columns.map });
      drawBody(pages, lesions, letters);
      pages.paragraph(words.mapNote, small, { left, width: columns.map });
    },
    () =>
      rows(pages, reportWords.case.heading, about, {
        left: left + columns.map + columns.gap,
        width: width - columns.map - columns.gap,
        labelWidth: 62,
      }),
  );
  heading(pages, words.lesions);
  const lesionRows = lesions.map(
    ({ number, label, place, pin, lastPhoto, histology, report, answer }, index) =>
      () => {
        const name = [`${number}. ${label}`, place].filter(Boolean).join(', ');
        const said = [
          (report === null ? null : contents[report]?.line) ?? answer ?? words.noAnswer,
          histology && fill(words.histology, { label: histology }),
          lastPhoto && fill(words.lastPhoto, { day: lastPhoto }),
        ];
        const title = pin ? name : `${name} (${words.notOnMap})`;
        pages.row(title, said.filter(Boolean).join(' '), body, columns.label);
        pages.y -= 2;
        const isLast = index === lesions.length - 1;
        if (isLast && contents.length > 0) pages.paragraph(words.pages, small);
      },
  );
  pages.list(lesionRows);
}

/** The body map from the present height on; moves below it. */
function drawBody(pages: PdfPages, lesions: readonly LesionRow[], letters: PatientOverview['letters']): void {
  const scale = columns.map / bodyPicture.width;
  pages.need(scale * bodyPicture.height);
  const top = pages.y;
  const place = (figure: (typeof figures)[number], x: number, y: number) => {
    const at = standing[figure.id];
    return { x: pages.left + scale * (at.x + at.scale * x), y: top - scale * (at.y + at.scale * y) };
  };
  for (const figure of figures) {
    const at = standing[figure.id];
    const origin = { x: pages.left + scale * at.x, y: top - scale * at.y };
    for (const { d, fine } of figure.shapes)
      if (!fine) pages.path(d, origin.x, origin.y, scale * at.scale, skin, white);
    const right = figure.patientLeft === 'left' ? 'right' : 'left';
    const corner = place(figure, figure.left, figure.top);
    const end = place(figure, figure.left + figure.width, figure.top);
    const style = { size: 7, colour: faint };
    pages.line(
      letters[figure.patientLeft],
      figure.patientLeft === 'left' ? corner.x : end.x - 6,
      corner.y - 6,
      style,
    );
    pages.line(letters[right], right === 'left' ? corner.x : end.x - 6, corner.y - 6, style);
  }
  for (const { number, pin } of lesions) {
    if (!pin) continue;
    const { x, y } = place(pin.figure, pin.x, pin.y);
    pages.circle(x, y, 6, pin.exact ? accent : white, accent);
    const text = String(number);
    const size = text.length > 2 ? 5 : 7;
    const colour = pin.exact ? white : accent;
    pages.line(text, x - pages.widthOf(text, size) / 2, y - 0.35 * size, { size, colour });
  }
  pages.y = top - scale * bodyPicture.height - lineHeight(4);
}
