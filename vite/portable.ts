import { chmodSync, copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { headersOf, isolation } from '../src/service-worker/headers.ts';

/**
 * Puts the start scripts into the build, so that the folder runs from a USB stick: portable/ as it is,
 * scripts/portable.ts as one file that needs nothing but Node, and the headers for both.
 */
export function portable(root: string): Plugin {
  const from = join(root, 'portable');
  return {
    name: 'lentigo:portable',
    apply: 'build',
    async writeBundle({ dir }) {
      const to = dir ?? join(root, 'dist');
      for (const name of readdirSync(from)) copyFileSync(join(from, name), join(to, name));
      for (const name of ['start.command', 'start.py']) chmodSync(join(to, name), 0o755);
      const headers = {
        document: { ...headersOf('document'), ...isolation },
        file: { ...headersOf('file'), ...isolation },
      };
      writeFileSync(join(to, 'headers.json'), `${JSON.stringify(headers, null, 2)}\n`);
      await build({
        configFile: false,
        root,
        publicDir: false,
        logLevel: 'warn',
        build: {
          outDir: to,
          emptyOutDir: false,
          ssr: join(root, 'scripts/portable.ts'),
          target: 'node18',
          rolldownOptions: { output: { entryFileNames: 'start.mjs' } },
        },
      });
    },
  };
}
