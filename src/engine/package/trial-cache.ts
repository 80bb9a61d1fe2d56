import { type CachedFile, FileCache } from './file-cache';

/**
 * The cache of an engine that tries a package: it finds what the browser stores, and everything that it
 * writes or removes stays in memory. Whatever ends the trial, the browser stores what it stored before.
 */
export class TrialCache extends FileCache {
  /** Null for what was removed. */
  private readonly changed = new Map<string, CachedFile | null>();

  constructor(private readonly stored: FileCache) {
    super(() => null);
  }

  override async read(url: string): Promise<CachedFile | null> {
    const changed = this.changed.get(url);
    return changed === undefined ? this.stored.read(url) : changed;
  }

  override async urls(): Promise<string[] | null> {
    const urls = new Set((await this.stored.urls()) ?? []);
    for (const [url, file] of this.changed) {
      if (file) urls.add(url);
      else urls.delete(url);
    }
    return [...urls];
  }

  override async write(url: string, data: BodyInit, headers: Record<string, string> = {}): Promise<null> {
    const response = new Response(data, { headers });
    this.changed.set(url, { data: await response.arrayBuffer(), headers: response.headers });
    return null;
  }

  override async remove(url: string): Promise<boolean> {
    const there = (await this.read(url)) !== null;
    this.changed.set(url, null);
    return there;
  }
}
