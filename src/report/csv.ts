import Papa from 'papaparse';

/** Full-width signs count too: spreadsheets in East Asian settings take them for the plain ones. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * A table as CSV (RFC 4180: comma, CRLF, quotes doubled), with a byte order mark so that spreadsheets read
 * Korean. A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV
 * injection"); numbers do not.
 */
export function csvOf(fields: readonly string[], data: readonly (readonly unknown[])[]): string {
  return `\ufeff${csvRows([fields, ...data])}`;
}

/** Rows of such a table, the head among them or not. */
export function csvRows(rows: readonly (readonly unknown[])[]): string {
  const copied = rows.map((row) => [...row]);
  return `${Papa.unparse(copied, { newline: '\r\n', escapeFormulae: formulaStart })}\r\n`;
}
