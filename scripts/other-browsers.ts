import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { command } from './command';

/** The browsers in which the smoke runs beside Chromium: the programs it needs, and Debian's packages of them. */
export const otherBrowsers = {
  firefox: { name: 'Firefox', programs: ['firefox-esr'], packages: ['firefox-esr'] },
  webkit: { name: 'WebKit', programs: ['WebKitWebDriver', 'Xvfb'], packages: ['webkit2gtk-driver', 'xvfb'] },
} as const;

/** A program on the path; a plain Firefox stands in for Debian's. */
export function findProgram(program: string): string | null {
  const names = program === 'firefox-esr' ? [program, 'firefox'] : [program];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const files = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return files.find((file) => existsSync(file)) ?? null;
}

/**
 * Asks apt-get for those that are missing, where this is root on Debian or Ubuntu. What cannot be had stays
 * missing: the smoke says so and skips.
 */
export async function ensureOtherBrowsers(): Promise<void> {
  for (const { name, programs, packages } of Object.values(otherBrowsers)) {
    if (programs.every(findProgram) || process.getuid?.() !== 0) continue;
    console.error(`There is no ${name} on this machine; asking apt-get for one.`);
    await command('apt-get', ['update'], { quiet: true });
    await command('apt-get', ['install', '--yes', '--no-install-recommends', ...packages]);
  }
}
