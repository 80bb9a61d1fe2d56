import { version } from '../../../package.json';
import type { BackendStatus } from '../engine';
import type { FileSource } from './file-source';
import { cacheName } from './files';
import { sha256 } from './hash';

/**
 * What a passed golden sample holds for: these files, this program, this back end on this adapter, in this version of the browser.
 * Anything else is tested anew.
 */
export function passKey(packageHash: string, { name, adapter }: BackendStatus): string {
  return [packageHash, version, name, adapter, globalThis.navigator?.userAgent ?? ''].join('\n');
}

/** The difference that was found when the golden sample was passed; null where it never was, or where nothing is kept here. */
export async function recallPass(source: FileSource, origin: string, key: string): Promise<number | null> {
  const cache = await source.caches?.open(cacheName).catch(() => null);
  const cached = await cache?.match(await urlOf(origin, key));
  const difference: unknown = await cached?.json().catch(() => null);
  return typeof difference === 'number' ? difference : null;
}

/** A full disk only costs the next visit another test. */
export async function rememberPass(
  source: FileSource,
  origin: string,
  key: string,
  difference: number,
): Promise<void> {
  const cache = await source.caches?.open(cacheName).catch(() => null);
  await cache?.put(await urlOf(origin, key), new Response(JSON.stringify(difference))).catch(() => {});
}

async function urlOf(origin: string, key: string): Promise<string> {
  const hash = await sha256(new TextEncoder().encode(key));
  return new URL(`golden/${hash}`, origin).href;
}
