import { type Browser, chromium, type Page } from 'playwright';
import { appStarted } from './app-started';
import { ensureBrowser, hardwareGpuFlags, softwareGpuFlags } from './browser';
import { Stop } from './command';

/**
 * The built app in a headless Chromium, its engine within reach. Prefers the machine's own GPU and says so
 * when it has to do with an emulated one.
 */
export async function openPage(
  url: string,
): Promise<{ browser: Browser; page: Page; flags: readonly string[] }> {
  const executablePath = await ensureBrowser();
  for (const args of [hardwareGpuFlags, softwareGpuFlags]) {
    const browser = await chromium.launch({ executablePath, args });
    // Whoever measures the page wants it as it was just built, and images that nobody keeps.
    const page = await browser.newPage({ serviceWorkers: 'block' });
    // tsx calls it around each function that has a name, also in those that are sent to the page.
    await page.addInitScript('globalThis.__name = (named) => named');
    page.on('pageerror', (error) => console.error(`The page reported: ${error.message}`));
    await page.goto(url);
    const adapter = await page.evaluate(async () => (await navigator.gpu?.requestAdapter()) != null);
    if (!adapter && args !== softwareGpuFlags) {
      console.error(
        'This browser has no GPU here; WebGPU, where it is asked for, is emulated in software (slow, same answers).',
      );
      await browser.close();
      continue;
    }
    try {
      await appStarted(page, 30_000);
      return { browser, page, flags: args };
    } catch {
      await browser.close();
      throw new Stop('The built app did not start: its page offers no engine.');
    }
  }
  throw new Stop('No browser could be opened.');
}
