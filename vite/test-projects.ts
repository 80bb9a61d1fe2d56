import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { TestProjectInlineConfiguration } from 'vitest/config';

const folders = ['src', 'scripts', 'vite', 'bench'];

/**
 * Modules that a test replaces stay replaced for every file after it. And a file may say in a comment that it
 * needs a process of its own, and why: it measures what the process holds, or changes the document for good.
 */
const ownProcess = /\bvi\.(mock|doMock)\(|^\/\/ In a process of its own: /m;
const ownDocument = /^\/\/ @vitest-environment happy-dom$/m;

/**
 * Test files share a process a core: to start one, and to load TensorFlow.js or Mantine in it, takes longer than
 * most files do. Those that would leave something for the next file get a process each. Vitest ends a process when
 * the next file in its queue wants another environment, so each kind of file has a queue of its own.
 */
export function testProjects(root: string): TestProjectInlineConfiguration[] {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.test\.tsx?$/.test(file))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  );
  const kinds = { plain: [] as string[], document: [] as string[], alone: [] as string[] };
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    kinds[ownProcess.test(text) ? 'alone' : ownDocument.test(text) ? 'document' : 'plain'].push(file);
  }
  return Object.entries(kinds).map(([name, include], groupOrder) => ({
    extends: true,
    test: {
      name,
      include,
      isolate: name === 'alone',
      setupFiles: ['vite/test-setup.ts'],
      sequence: { groupOrder },
      // Vitest leaves a core free, which on two cores is half of the machine.
      maxWorkers: availableParallelism(),
    },
  }));
}
