import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { findBrowser, softwareGpuFlags } from '../scripts/browser';

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  globalSetup: './prepare.ts',
  outputDir: '../test-results',
  // Files run side by side. More than four browsers ask for more memory than they save in time.
  workers: Math.min(4, availableParallelism()),
  projects: [
    { name: 'wasm', grepInvert: /@webgpu/ },
    // An emulated GPU needs all the cores that it can have, and computes more slowly beside another test.
    { name: 'webgpu', grep: /@webgpu/, workers: 1, timeout: 240_000 },
  ],
  // MobileNetV2 takes some two seconds a photo on an emulated GPU, and compiling its shaders some more.
  timeout: 120_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  reportSlowTests: { max: 15, threshold: 30_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    colorScheme: 'light',
    // Requests that a service worker answers go past a test's own routes. e2e/offline.e2e.ts lets it in, and
    // tests it.
    serviceWorkers: 'block',
    // A trace of every test costs a tenth of the time; `--trace on` takes one of the test that fails.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: findBrowser() ?? undefined, args: softwareGpuFlags },
  },
});
