import { execFileSync } from 'node:child_process';

/** The text of a PDF, a form feed behind each page. Null where poppler is missing on a machine that need not have it. */
export function reportText(bytes: Buffer): string | null {
  try {
    return execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' });
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    return null;
  }
}
