import { parseCard, parseIndex } from '../../src/core/card/card';
import { readLabelTable } from '../../src/core/evaluation/table';
import type { Failure } from '../../src/core/failure';
import { stripMetadata } from '../../src/core/image/image-metadata';
import { parseDocument } from '../../src/core/report/json';
import { EngineError } from '../../src/engine/engine-error';
import { decodePhoto } from '../../src/engine/input/decode';
import { readDicom } from '../../src/engine/input/dicom';
import { heicColours } from '../../src/engine/input/heic-colours';
import { sniffType } from '../../src/engine/input/sniff';
import { AddedPackages } from '../../src/engine/package/added';
import type { FileCache } from '../../src/engine/package/file-cache';
import { packagesIn } from '../../src/features/models/model/package-files';
import { readArchive } from '../../src/records/archive-read';
import { readRecords } from '../../src/records/read-records';
import { kinds } from '../../src/records/record';
import { QuickBlob } from './bytes';
import { modelReaders } from './readers-of-models';
import { screenReaders } from './readers-of-screens';

/**
 * Every parser of the program, as a function from bytes to what came out: "read", or the code of the failure
 * that the user reads. Whatever else it throws is a fault of ours.
 */
export type Read = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

type Answer = { ok: true } | { ok: false; failure: Failure };
const outcomeOf = (answer: Answer) => (answer.ok ? 'read' : answer.failure.code);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
/** What the callers of these readers do: text that is no JSON never reaches them. */
const parsed = (bytes: Uint8Array): { json: unknown } | null => {
  try {
    return { json: JSON.parse(text(bytes)) };
  } catch {
    return null;
  }
};

async function ofEngine(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'read';
  } catch (error) {
    if (error instanceof EngineError) return error.failure.code;
    throw error;
  }
}

function recordsOf(json: unknown, kind: (typeof kinds)[number]): unknown[] {
  const named = typeof json === 'object' && json !== null && kinds.some((each) => each in json);
  const list = named ? (json as Record<string, unknown>)[kind] : json;
  return Array.isArray(list) ? list : [list];
}

/** A cache that forgets: only what is refused matters here. */
const cache = {
  write: async () => null,
  urls: async () => [],
  read: async () => null,
} as unknown as FileCache;
const added = new AddedPackages({ fetch, cache }, 'http://127.0.0.1/');

export const readers = {
  'label table': async (bytes) => outcomeOf(readLabelTable(bytes)),
  'analysis as JSON': async (bytes) => outcomeOf(parseDocument(text(bytes))),
  // Lists of records by their kinds, as the database has them; what is no such lists stands as a record of each.
  'case records': async (bytes) => {
    const { json } = parsed(bytes) ?? {};
    const lists = kinds.map((kind) => [kind, recordsOf(json, kind)] as const);
    const stored = Object.fromEntries(lists) as Record<(typeof kinds)[number], unknown[]>;
    const { unreadable } = readRecords(stored);
    return unreadable.length > 0 ? 'listed as unreadable' : 'read';
  },
  'list of models': async (bytes) => {
    const read = parsed(bytes);
    return read ? outcomeOf(parseIndex(read.json)) : 'not JSON';
  },
  'model card': async (bytes) => {
    const read = parsed(bytes);
    return read ? outcomeOf(parseCard('tiny-classifier', read.json)) : 'not JSON';
  },
  // A zip, as it is dropped.
  'model package': (bytes) =>
    ofEngine(async () => {
      const found = await packagesIn([new File([bytes], 'package.zip')]).catch((error: unknown) => {
        // The screen says so: "added-absent", with the reason.
        throw new EngineError('added-absent', { reason: String(error) });
      });
      for (const { files } of found) await added.add(files, []);
    }),
  'archive of cases': async (bytes) => {
    const read = await readArchive(new QuickBlob(bytes));
    if (!read.ok) return read.failure.code;
    return read.value.skipped.length > 0 ? 'read in part' : 'read';
  },
  'photo without metadata (JPEG, PNG)': async (bytes) => outcomeOf(stripMetadata(bytes)),
  // Up to the browser's own decoder, which Node does not have.
  'photo (JPEG, PNG, WebP header)': (bytes) => ofEngine(() => decodePhoto(new QuickBlob(bytes))),
  DICOM: async (bytes) => outcomeOf(await readDicom(bytes)),
  'HEIC colours': async (bytes) => {
    sniffType(bytes.subarray(0, 132));
    return heicColours(bytes) === null ? 'none' : 'read';
  },
  ...screenReaders,
  ...modelReaders,
} as const satisfies Record<string, Read>;

export type ReaderName = keyof typeof readers;
