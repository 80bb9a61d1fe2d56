import { z } from 'zod';
import { failure, type Result } from '../../../core/failure';
import { sha256 } from '../../../core/sha256';
import { type CaseList, caseListSchema } from '../../../core/teaching/case-list';
import { openArchive } from '../../../records/open-archive';
import { createZipWriter } from '../../../records/zip-writer';
import { checkedPhoto, type LeftOut, maxPhotoBytes } from './photo-file';
import { longest, type StoredPhoto, setIdSchema, type TeachingCase, type TeachingSet } from './teaching-set';

/**
 * A teaching set as one zip file: `lentigo.json` says what it is and whose, `list.json` names the photos with
 * their diagnoses, and the photos lie beside them, without metadata. Unpacked it is a folder that the kiosk
 * takes too (docs/teaching.md). Nothing of a file is trusted: it may come from anybody.
 */

export const setFormat = 'lentigo-teaching-set';
const setSchema = 1;

/** Bytes unpacked, by the directory of the file. */
const limits = { all: 2 ** 30, json: 4 * 2 ** 20, image: maxPhotoBytes };

const manifestSchema = z.object({
  format: z.literal(setFormat),
  schema: z.literal(setSchema),
  id: setIdSchema,
  title: z.string().max(longest.title),
  author: z.string().max(longest.title),
  licence: z.string().max(longest.title),
  version: z.string().max(longest.version),
});

/** What the file has beside the set: which program wrote it, and what it must not be used for. */
export interface WrittenBy {
  appVersion: string;
  disclaimer: { en: string; ko: string };
}

/**
 * Writes a set. File names of photos do not leave: they may be somebody's name. Fails with "file-too-large",
 * and with "record-gone" where a photo is not there.
 */
export async function writeSet(
  { cases, changedAt, id, title, author, licence, version }: TeachingSet,
  photoOf: (sha256: string) => Promise<StoredPhoto | null>,
  by: WrittenBy,
): Promise<Result<Blob>> {
  const zip = createZipWriter();
  const manifest = { format: setFormat, schema: setSchema, id, title, author, licence, version };
  zip.addJson('lentigo.json', { ...manifest, changedAt, ...by });
  const samples: CaseList['samples'] = [];
  for (const [index, { photo, name: _, ...entry }] of cases.entries()) {
    const stored = await photoOf(photo);
    if (!stored) return failure('record-gone');
    const ending = stored.type === 'image/png' ? 'png' : 'jpg';
    const file = `case-${String(index + 1).padStart(3, '0')}.${ending}`;
    zip.add(file, new Uint8Array(stored.bytes));
    samples.push({ file, ...entry });
  }
  zip.addJson('list.json', { samples });
  return zip.end();
}

/** Why a file or a folder is no teaching set; nothing of it was taken over. */
export interface SetProblem {
  reason: 'not-a-set' | 'newer' | 'too-large' | 'no-list' | 'list' | 'no-photos';
  /** For who has to mend it: the field of the list, the size. */
  detail: string;
}

/** A set that was checked through. */
export interface SetContents {
  set: TeachingSet;
  /** By their hashes. */
  photos: Map<string, StoredPhoto>;
  leftOut: LeftOut[];
}

export type ReadSet = { ok: true; value: SetContents } | { ok: false; problem: SetProblem };

const refused = (reason: SetProblem['reason'], detail = ''): ReadSet => ({
  ok: false,
  problem: { reason, detail: detail.slice(0, 200) },
});

/** Reads and checks a set's file; writes nothing. What unpacking would cost is judged before it begins. */
export async function readSetFile(file: Blob, now = new Date()): Promise<ReadSet> {
  const opened = await openArchive(file, limits);
  if (!opened.ok) {
    const reason = opened.failure.code === 'archive-too-large' ? 'too-large' : 'not-a-set';
    return refused(reason, Object.values(opened.failure.detail).join(', '));
  }
  const { json, blob } = opened.value;
  const manifest = await json('lentigo.json');
  const looked = z.object({ format: z.literal(setFormat), schema: z.number() }).safeParse(manifest);
  if (!looked.success) return refused('not-a-set', 'lentigo.json');
  if (looked.data.schema > setSchema) return refused('newer', String(looked.data.schema));
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) return refused('not-a-set', problemOf('lentigo.json', parsed.error));
  return readCases(parsed.data, await json('list.json'), blob, now);
}

/** A file of a folder by its path, with `/` on every system. */
export interface FolderFile {
  path: string;
  file: Blob;
}

/**
 * Reads a folder with a `list.json`, as `npm run samples` writes it, and as an unpacked set has it. `name`:
 * what the folder is called.
 */
export async function readSetFolder(
  files: readonly FolderFile[],
  name: string,
  now = new Date(),
): Promise<ReadSet> {
  const depth = ({ path }: FolderFile) => path.split('/').length;
  const [list] = files
    .filter(({ path }) => /(^|\/)list\.json$/.test(path))
    .sort((a, b) => depth(a) - depth(b));
  if (!list) return refused('no-list', name);
  const folder = list.path.slice(0, -'list.json'.length);
  const beside = new Map(files.map(({ path, file }) => [path, file]));
  for (const name of ['list.json', 'lentigo.json'])
    if ((beside.get(folder + name)?.size ?? 0) > limits.json) return refused('too-large', name);
  const text = await list.file.text();
  const manifest = manifestSchema.safeParse(
    jsonOf((await beside.get(`${folder}lentigo.json`)?.text()) ?? ''),
  );
  const facts = manifest.data ?? {
    // The same folder takes the place of itself.
    id: `folder-${(await sha256(new TextEncoder().encode(text))).slice(0, 24)}`,
    ...{ title: name.slice(0, longest.title), author: '', licence: '', version: '' },
  };
  return readCases(facts, jsonOf(text), async (path) => beside.get(folder + path), now);
}

/** `blobOf`: undefined where there is no such file, null where it is damaged. */
async function readCases(
  { id, title, author, licence, version }: Omit<TeachingSet, 'cases' | 'changedAt'>,
  list: unknown,
  blobOf: (path: string) => Promise<Blob | null | undefined>,
  now: Date,
): Promise<ReadSet> {
  if (list === undefined) return refused('no-list', title);
  const parsed = caseListSchema.safeParse(list);
  if (!parsed.success) return refused('list', problemOf('list.json', parsed.error));
  const cases: TeachingCase[] = [];
  const photos = new Map<string, StoredPhoto>();
  const leftOut: LeftOut[] = [];
  let bytes = 0;
  for (const { file, title: name, credit, synthetic, diagnosis, structures } of parsed.data.samples) {
    const blob = await blobOf(file);
    const photo = blob ? await checkedPhoto(blob) : null;
    if (!photo?.ok) {
      leftOut.push({
        name: file,
        code: photo ? photo.failure.code : blob === null ? 'file-unreadable' : 'absent',
      });
      continue;
    }
    const { sha256: hash, ...stored } = photo.value;
    if (photos.has(hash)) {
      leftOut.push({ name: file, code: 'twice' });
      continue;
    }
    // A folder has no directory that says this before.
    bytes += stored.bytes.byteLength;
    if (bytes > limits.all) return refused('too-large', String(bytes));
    photos.set(hash, stored);
    cases.push({
      photo: hash,
      name: file,
      title: name ? { en: clipped(name.en), ko: clipped(name.ko) } : null,
      credit: credit.slice(0, longest.credit),
      synthetic,
      diagnosis: diagnosis ?? null,
      structures: [...new Set(structures)],
    });
  }
  if (cases.length === 0) return refused('no-photos', leftOut[0]?.name ?? '');
  const set = { id, title, author, licence, version, changedAt: now.toISOString(), cases };
  return { ok: true, value: { set, photos, leftOut } };
}

const clipped = (text: string) => text.slice(0, longest.title);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function problemOf(file: string, { issues: [first] }: z.ZodError): string {
  return `${file}: ${first?.path.join('.') || 'whole'}: ${first?.message}`;
}
