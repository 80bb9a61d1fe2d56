import { defineConfig } from '@playwright/test';
import { patienceMs } from './patience';

/** Playwright's runner without its browsers: these are driven over WebDriver. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.smoke.ts',
  globalSetup: '../prepare.ts',
  outputDir: '../../test-results',
  // One browser at a time.
  workers: 1,
  timeout: 2 * patienceMs,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
});
