import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';
import { command, Stop } from './command';

/** Quiet, offline, and with WebGPU; Chromium on Linux has it only behind a flag. */
const defaultFlags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The same, with the GPU emulated in software: the same answers on every machine, slowly. */
export const softwareGpuFlags = [...defaultFlags, '--use-webgpu-adapter=swiftshader'];

/** The default flags without WebGPU, which Chromium on Linux has only behind its flag: everything runs on WASM at once. */
export const noGpuFlags = defaultFlags.filter((flag) => flag !== '--enable-unsafe-webgpu');

/** The same, on whatever GPU the machine has. */
export const hardwareGpuFlags = [...defaultFlags, '--enable-features=Vulkan', '--ignore-gpu-blocklist'];

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * A Chromium on this machine: the one named by CHROMIUM, else an installed one, else Playwright's own; null
 * without any.
 */
export function findBrowser(): string | null {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Stop(`CHROMIUM names ${named}, which is not there.`);
    return named;
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  return [...onPath, ...applications, chromium.executablePath()].find((file) => existsSync(file)) ?? null;
}

/**
 * Finds a Chromium, or installs one: Playwright's build, else, as root on Debian or Ubuntu, the
 * distribution's.
 */
export async function ensureBrowser(): Promise<string> {
  const found = findBrowser();
  if (found) return found;
  console.error('There is no Chromium or Chrome on this machine; installing one for the tests.');
  const root = process.getuid?.() === 0;
  await command('npx', ['playwright', 'install', ...(root ? ['--with-deps'] : []), 'chromium']);
  if (!findBrowser() && root) {
    console.error("Playwright's build could not be had; trying the distribution's.");
    await command('apt-get', ['update']);
    await command('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium']);
  }
  const installed = findBrowser();
  if (!installed) {
    throw new Stop(
      'No browser could be installed. Install Chrome or Chromium, or name one: CHROMIUM=/path/to/chrome',
    );
  }
  return installed;
}
