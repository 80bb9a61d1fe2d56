import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { isolation } from './src/service-worker/headers.ts';
import { docsSite } from './vite/docs-site.ts';
import { Licences } from './vite/licences.ts';
import { pageHead } from './vite/page-head.ts';
import { portable } from './vite/portable.ts';
import { serviceWorker } from './vite/service-worker.ts';
import { sizeBudget } from './vite/size-budget.ts';
import { testProjects } from './vite/test-projects.ts';
import { wasmThreads } from './vite/wasm-threads.ts';
import { webManifests } from './vite/web-manifest.ts';

const root = import.meta.dirname;
const licences = new Licences(root);

export default defineConfig({
  // Relative, so that the built page runs from any folder of any server.
  base: './',
  plugins: [
    react(),
    licences.collect(),
    docsSite(root, () => licences.collect()),
    licences.page(),
    webManifests(),
    pageHead(),
    portable(root),
    sizeBudget(),
    // Last: it lists what the others wrote.
    serviceWorker(root),
  ],
  worker: { format: 'es', plugins: () => [wasmThreads(), licences.collect()] },
  build: { target: 'es2023', chunkSizeWarningLimit: 2500 },
  // The dev server looks for dependencies from the page on, and would find the worker's only once it runs, by
  // a reload.
  optimizeDeps: {
    include: [
      'comlink',
      'zod',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-converter',
      '@tensorflow/tfjs-backend-webgpu',
      '@tensorflow/tfjs-backend-wasm',
    ],
  },
  // No name but those of this machine: another site may point a name of its own here (DNS rebinding).
  server: { port: 5173, host: '127.0.0.1', allowedHosts: [], headers: isolation },
  preview: { host: '127.0.0.1', allowedHosts: [], headers: isolation },
  test: {
    environment: 'node',
    // A test says what holds, not how fast: a busy machine takes ten times as long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // `npm test` prints it, of what has no React: screens are tested in e2e. For the lines that no unit test
    // reaches: `npx vitest run --coverage --coverage.reporter=html`.
    coverage: {
      include: ['src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**', '**/fixtures/**', 'src/app/languages/**'],
      reporter: ['text-summary'],
    },
    projects: testProjects(root),
  },
});
