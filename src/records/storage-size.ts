import type { IDBPDatabase } from 'idb';
import type { Stores } from './migrations';
import type { EntryRasters } from './record';

export interface StorageSize {
  /** Bytes of photos and rasters kept here, deleted ones that can still be brought back among them. */
  cases: number;
  /** What the browser says of the whole page: cases, model packages and all. Null where it does not say. */
  page: { used: number; available: number } | null;
}

/** Rasters that are read at a time: some megabytes, so that the page can answer a press in between. */
const atOnce = 50;

/** `rasterBytes` keeps, by entry, what was measured before: rasters never change under their id. */
export async function sizeOf(
  database: IDBPDatabase<Stores>,
  rasterBytes: Map<string, number>,
): Promise<StorageSize> {
  const photos = await database.getAll('photos');
  // Of a record that cannot be read, too, whatever stands in it.
  let cases = photos.reduce((sum, { bytes }) => sum + (Number.isFinite(bytes) ? bytes : 0), 0);
  const ids = await database.getAllKeys('rasters');
  const unknown = ids.filter((id) => !rasterBytes.has(id));
  for (let at = 0; at < unknown.length; at += atOnce) {
    const range = IDBKeyRange.bound(unknown[at], unknown[Math.min(at + atOnce, unknown.length) - 1]);
    for (const rasters of await database.getAll('rasters', range))
      rasterBytes.set(rasters.id, bytesOf(rasters));
  }
  cases += ids.reduce((sum, id) => sum + (rasterBytes.get(id) ?? 0), 0);
  // Records are small beside photos, and are counted by what they are as text.
  for (const kind of ['patients', 'lesions', 'entries'] as const)
    cases += JSON.stringify(await database.getAll(kind)).length;
  cases += JSON.stringify(photos).length;
  const estimate = await globalThis.navigator?.storage?.estimate?.();
  const page =
    estimate?.usage === undefined || estimate.quota === undefined
      ? null
      : { used: estimate.usage, available: estimate.quota - estimate.usage };
  return { cases, page };
}

function bytesOf({ activation, attention, mask }: EntryRasters): number {
  const planes = [...(activation?.planes ?? []), ...(attention?.planes ?? [])];
  return planes.reduce((sum, { values }) => sum + values.byteLength, mask?.data.byteLength ?? 0);
}
