import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { wasmThreads } from './vite/wasm-threads.ts';

/** Cross-origin isolation, without which the browser gives WASM no threads. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Relative, so that the built page runs from any folder of any server.
  base: './',
  plugins: [react()],
  worker: { format: 'es', plugins: () => [wasmThreads()] },
  build: { target: 'es2023', chunkSizeWarningLimit: 2500 },
  // The dev server looks for dependencies from the page on, and would find the worker's only once it runs, by a reload.
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
  server: { port: 5173, headers: isolation },
  preview: { headers: isolation },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'vite/**/*.test.ts', 'bench/**/*.test.ts'],
  },
});
