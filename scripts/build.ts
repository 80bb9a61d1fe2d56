import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { command, root, Stop } from './command';

const sources = [
  'index.html',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'vite',
  'src',
  'public',
  'portable',
  'scripts/portable.ts',
  'scripts/serve.ts',
  'docs',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'training/README.md',
  'LICENSE',
  'NOTICE',
];

/** The built app. */
export const builtApp = join(root, 'dist');

/** Builds the app where there is no build yet or a source is newer than it. */
export async function buildWhenStale(): Promise<void> {
  const page = join(builtApp, 'index.html');
  if (
    existsSync(page) &&
    statSync(page).mtimeMs >= Math.max(...sources.map((source) => newest(join(root, source))))
  ) {
    return;
  }
  console.error('Building the app.');
  const { status, output } = await command('npm', ['run', '--silent', 'build'], { quiet: true });
  if (status !== 0) throw new Stop(`${output}\nThe app could not be built; the reason is above.`);
}

/**
 * The latest time (milliseconds) at which a file, or anything in a folder, was written; 0 if there is none.
 */
function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  // A folder's own time changes when a file in it is added or removed.
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
