import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'vite';
import type { OnDemandFile, PrecachedFile } from '../src/service-worker/main';

/** Fetched and kept when the page is first opened: everything that draws the page and computes. */
const shell = /\.(html|js|css|svg|webmanifest)$|^icons\/.*\.png$|^drawn\/|-simd-[\w-]+\.wasm$/;
/**
 * Large and rarely wanted, so kept once they were fetched: the Korean font, HEIC photos, what writes DICOM,
 * WASM for a processor without SIMD.
 */
const onDemand =
  /\.ttf$|\/(?:libheif|dicom-file)[\w-]+\.js$|\/tfjs-backend-wasm-(?!simd|threaded)[\w-]+\.wasm$/;
/** The documentation, kept page by page as it is read; `laterDocs`: large, and in no quick start. */
const docs = /^docs\//;
const laterDocs = /^docs\/results\//;
/**
 * Model packages are the engine's own business (src/engine/package/files.ts); the start scripts are no part
 * of the page.
 */
const never = /^models\/|^sw\.js$|^start\./;

/** Builds src/service-worker/main.ts into sw.js, with the list of the files that the build came out with. */
export function serviceWorker(root: string): Plugin {
  let outDir = join(root, 'dist');
  return {
    name: 'lentigo:service-worker',
    apply: 'build',
    configResolved: (config) => {
      outDir = join(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const files = filesIn(outDir).filter((file) => !never.test(file));
        const inDocs = files.filter((file) => docs.test(file));
        const inShell = files.filter((file) => shell.test(file) && !onDemand.test(file) && !docs.test(file));
        const later = files.filter((file) => onDemand.test(file));
        const size = (some: string[]) =>
          some.reduce((sum, file) => sum + statSync(join(outDir, file)).size, 0);
        const description = (some: string[]) => `${some.length} files, ${(size(some) / 1e6).toFixed(1)} MB`;
        this.info(
          `kept at the first visit: ${description(inShell)}; on demand: ${description(later)}; documentation: ${description(inDocs)}`,
        );
        await build({
          configFile: false,
          root,
          publicDir: false,
          logLevel: 'warn',
          define: {
            __SHELL__: JSON.stringify(inShell.map((file) => entryOf(outDir, file))),
            __ON_DEMAND__: JSON.stringify(
              later.map((url): OnDemandFile => ({ url, bytes: size([url]), extra: !url.endsWith('.wasm') })),
            ),
            __DOCS__: JSON.stringify(
              inDocs.map((url): OnDemandFile => ({ url, bytes: size([url]), extra: !laterDocs.test(url) })),
            ),
          },
          build: {
            outDir,
            emptyOutDir: false,
            target: 'es2023',
            rolldownOptions: {
              input: join(root, 'src/service-worker/main.ts'),
              output: { entryFileNames: 'sw.js', format: 'iife' },
            },
          },
        });
      },
    },
  };
}

/** A name under assets/ holds a hash of its content already; any other file gets one of ours. */
function entryOf(folder: string, url: string): PrecachedFile {
  if (url.startsWith('assets/')) return { url, revision: null };
  const revision = createHash('sha256')
    .update(readFileSync(join(folder, url)))
    .digest('hex')
    .slice(0, 16);
  return { url, revision };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
