/**
 * A part of `npm run lint`: fails with a sentence for each import that leaves the order of the rooms
 * (rooms.ts).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { main, root } from '../command';
import { problemsOf } from './rooms';

function readSources(): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of ['src', 'scripts', 'e2e', 'bench', 'vite']) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'));
    }
  }
  return files;
}

await main(async () => {
  const problems = problemsOf(readSources());
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
});
