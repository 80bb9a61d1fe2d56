import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
// Declares globalThis.lentigo, which the built app puts on its page.
import type {} from '../../src/app/automation';
import type { Allowance, Reading } from './flat';

/** Without it the browser rounds its figures. */
export const measuringFlags = ['--enable-precise-memory-info'];

const megabyte = 2 ** 20;

/** What may grow, by how much. What the engine and the page hand out and take back may not grow at all. */
export const allowances: Record<string, Allowance> = {
  'page heap': { absolute: megabyte, relative: 0.03 },
  'DOM nodes': { absolute: 20, relative: 0.02 },
  listeners: { absolute: 10, relative: 0.02 },
  'object URLs': { absolute: 0.5, relative: 0 },
  tensors: { absolute: 0.5, relative: 0 },
  'tensor bytes': { absolute: 0.5, relative: 0 },
  'allocated by back end': { absolute: 0, relative: 0.01 },
  // The worker's heap is in it, which the browser tells no other way at once; so are caches and the
  // allocator's whims.
  'process memory': { absolute: 24 * megabyte, relative: 0.05 },
};

/** Counts object URLs that were made and not revoked; to be run before any script of the page. */
export function countObjectUrls(): void {
  const alive = new Set<string>();
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (object) => {
    const url = createObjectURL.call(URL, object);
    alive.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    alive.delete(url);
    revokeObjectURL.call(URL, url);
  };
  Object.assign(globalThis, { aliveObjectUrls: alive });
}

/** Looks at everything once, after the garbage was collected. */
export async function look(browser: Browser, page: Page): Promise<Reading> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const metric = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? null;
  const inPage = await page.evaluate(async () => {
    const diagnostics = await globalThis.lentigo.engine.diagnostics();
    const urls = (globalThis as unknown as { aliveObjectUrls: Set<string> }).aliveObjectUrls.size;
    return { diagnostics: diagnostics.ok ? diagnostics.value : null, urls };
  });
  return {
    'page heap': metric('JSHeapUsedSize'),
    'DOM nodes': metric('Nodes'),
    listeners: metric('JSEventListeners'),
    'object URLs': inPage.urls,
    tensors: inPage.diagnostics?.tensors ?? null,
    'tensor bytes': inPage.diagnostics?.bytes ?? null,
    'allocated by back end': inPage.diagnostics?.allocated ?? null,
    'process memory': await processMemory(browser),
  };
}

/**
 * Resident memory of the processes that draw pages and talk to the GPU; null where the system does not tell.
 */
async function processMemory(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  let sum = 0;
  for (const { id, type } of processInfo) {
    if (type !== 'renderer' && type !== 'GPU') continue;
    try {
      const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
      sum += 1024 * Number(kilobytes ?? 0);
    } catch {
      return null;
    }
  }
  return sum;
}
