import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { builtApp } from '../../scripts/build';
import { root } from '../../scripts/command';
import { serve } from '../../scripts/serve';
import type { NetworkCard } from '../../src/core/card/card';
import { upgradedCard } from '../../src/core/card/upgrade';
import { prune } from '../../src/engine/graph/prune';
import { readNetwork } from '../../src/engine/package/artifacts';
import { isolation } from '../../src/service-worker/headers';
import { toOnnx } from '../onnx/export';

/** Where the pages are: the app's and that of the others, each with threads for WASM and without. */
export interface Host {
  url(program: 'lentigo' | 'others', isolated: boolean): string;
  /** Packages that onnxruntime does not get, and why. */
  without: Map<string, string>;
  close(): Promise<void>;
}

const models = join(root, 'public', 'models');

export const readPackageFile = (id: string, path: string): ArrayBuffer =>
  new Uint8Array(readFileSync(join(models, id, path))).buffer;

export const readCard = (id: string): NetworkCard =>
  upgradedCard(JSON.parse(readFileSync(join(models, id, 'card.json'), 'utf8'))) as NetworkCard;

/** The network of a package, all of its weights there. */
export async function readStored(card: NetworkCard) {
  const stored = await readNetwork(card, async (path) => readPackageFile(card.id, path));
  await stored.shards.until(stored.shards.length);
  return stored;
}

/** Builds the page of the others, writes the models for onnxruntime, and serves all of it on this machine. */
export async function openHost(ids: readonly string[]): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-bench-'));
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'page'),
    base: './',
    logLevel: 'error',
    // A minified bundle starts no WASM threads (vite/wasm-threads.ts).
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      target: 'es2023',
      chunkSizeWarningLimit: 10_000,
    },
  });
  symlinkSync(models, join(folder, 'models'));
  copyOnnxruntime(join(folder, 'ort'));
  const without = await writeOnnx(join(folder, 'onnx'), ids);
  const others = await Promise.all(
    [true, false].map((isolated) =>
      preview({
        configFile: false,
        root: folder,
        logLevel: 'error',
        build: { outDir: folder },
        preview: { host: '127.0.0.1', port: isolated ? 4810 : 4830, headers: isolated ? isolation : {} },
      }),
    ),
  );
  const own = await Promise.all(
    [true, false].map((isolated) => serve({ folder: builtApp, port: 0, isolated })),
  );
  return {
    without,
    url: (program, isolated) => {
      const at = isolated ? 0 : 1;
      return (program === 'lentigo' ? own[at]?.url : others[at]?.resolvedUrls?.local[0]) ?? '';
    },
    async close() {
      await Promise.all([...others, ...own].map((server) => server.close()));
      rmSync(folder, { recursive: true });
    },
  };
}

function copyOnnxruntime(to: string): void {
  const from = join(root, 'node_modules', 'onnxruntime-web', 'dist');
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name.startsWith('ort-wasm')) cpSync(join(from, name), join(to, name));
  }
}

async function writeOnnx(to: string, ids: readonly string[]): Promise<Map<string, string>> {
  mkdirSync(to);
  const without = new Map<string, string>();
  for (const id of ids) {
    try {
      const { graph } = await readStored(readCard(id));
      writeFileSync(join(to, `${id}.onnx`), toOnnx(prune(graph)));
    } catch (error) {
      without.set(id, error instanceof Error ? error.message : String(error));
    }
  }
  return without;
}
