import { execFileSync } from 'node:child_process';
import { command } from './command';

/**
 * Sees that there is a `pdftotext`, with which the tests read reports back; asks apt-get for one (as Debian's
 * poppler-utils) where it is missing. Says so if there is none to be had: the tests that need it then skip,
 * or fail where CI=true.
 */
export async function ensurePdfReader(): Promise<void> {
  if (hasPdfReader()) return;
  console.error('There is no pdftotext; asking apt-get for one.');
  await command('apt-get', ['update'], { quiet: true });
  await command('apt-get', ['install', '--yes', '--no-install-recommends', 'poppler-utils']);
  if (!hasPdfReader())
    console.error('pdftotext (poppler-utils) could not be installed: PDFs are not read back.');
}

function hasPdfReader(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
