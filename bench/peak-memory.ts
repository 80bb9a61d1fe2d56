import { existsSync, readFileSync } from 'node:fs';
import type { Browser } from 'playwright';

/**
 * Most bytes that a browser's page and GPU processes held so far, as Linux keeps it (VmHWM); null on other
 * systems.
 */
export async function peakMemory(browser: Browser): Promise<number | null> {
  if (!existsSync('/proc/self/status')) return null;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer' || type === 'GPU')
    .map(({ id }) => {
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      return 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
    });
  return peaks.reduce((sum, peak) => sum + peak, 0);
}
