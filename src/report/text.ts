import { type ReportContent, type ReportRow, type ReportSource, reportContent } from './content';
import type { Disclaimer, Language, ReportWords } from './words';

/** A report as plain text, to be pasted into a patient record. Lines end in "\n"; no tabs, no markup. */
export function reportText(
  source: ReportSource,
  words: ReportWords,
  language: Language,
  disclaimer: Disclaimer,
): string {
  const content = reportContent(source, words, language);
  const sections = [
    [content.title, content.created],
    section(words.case.heading, rows(content.caseRows)),
    section(words.answer.heading, [content.lead, ...content.answer]),
    section(words.table.heading, bars(content, words)),
    section(words.form.heading, rows(content.form)),
    section(words.model.heading, rows(content.model)),
    section(words.provenance.heading, rows(content.provenance)),
    [disclaimer.en, disclaimer.ko],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const section = (heading: string, lines: string[]) =>
  lines.length === 0 ? [] : [heading.toUpperCase(), ...lines];

// A note may have several lines; the later ones are set in, so that they cannot pass for a line of the
// report.
const rows = (all: ReportRow[]) =>
  all.map(({ label, value }) => `${label ? `${label}: ` : ''}${value.split(/\r?\n/).join('\n    ')}`);

function bars(content: ReportContent, words: ReportWords): string[] {
  return content.bars.map(({ label, calibrated, kind }) => {
    const marked = kind === 'benign' ? '' : ` (${words.verdict.kind[kind]})`;
    return `${label}${marked}: ${calibrated}`;
  });
}
