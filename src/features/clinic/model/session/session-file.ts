import { z } from 'zod';
import { failure, type Result, success } from '../../../../core/failure';
import { analysisSchema } from '../../../../core/report/analysis-schema';
import { marksSchema } from '../../../../core/report/notes-schema';
import { mask } from '../../../../core/report/raster-schema';
import { sha256 } from '../../../../core/sha256';
import { openArchive } from '../../../../records/open-archive';
import { createZipWriter, largestZip } from '../../../../records/zip-writer';
import type { ReopenedPhoto } from '../reopened-photo';
import { saidByFile } from '../saved-as';
import { keptPhotoSchema, squareSchema } from './kept-schema';

/**
 * A session as one zip file, to go on with on another machine: `lentigo.json` says what it is, `photos/<n>.json`
 * has a photo's corrections, facts, marks, measures and answers, `images/<n>` its picture. Any zip program opens
 * it. A photo that cannot be read costs no other.
 */

const format = 'lentigo-session';
const schema = 1;

const manifestSchema = z.object({
  format: z.literal(format),
  schema: z.number().int().positive(),
  appVersion: z.string(),
  /** ISO 8601, UTC. */
  savedAt: z.iso.datetime(),
  disclaimer: z.object({ en: z.string(), ko: z.string() }),
  photos: z.number().int().nonnegative(),
  /** Of the photo that was looked at, from 0; null where none was. */
  selected: z.number().int().nonnegative().nullable(),
  packageId: z.string().nullable(),
  /** Asked of the threshold, 0 to 1; a file of before does not say it. */
  sensitivity: z.number().min(0).max(1).nullable().optional(),
});

export type SessionManifest = z.output<typeof manifestSchema>;

/** The pulls of the brush are left out: they can be taken back only where they were made. */
const drawnMask = z.object({ of: squareSchema, raster: mask });

const photoFileSchema = keptPhotoSchema.omit({ id: true }).extend({
  mask: drawnMask.nullable(),
  outlines: z.array(drawnMask),
  marks: marksSchema,
  answers: z.array(analysisSchema),
  lesionAnswers: z.array(analysisSchema),
  image: z.object({ type: z.string(), sha256: z.string() }),
});

/** Bytes, as `openArchive` takes them: the JSON of a photo has the outlines and maps of its answers, some megabytes. */
const limits = { all: 5 * 2 ** 30, json: 64 * 2 ** 20, image: 512 * 2 ** 20 };

const pathsOf = (index: number) => ({ photo: `photos/${index + 1}.json`, image: `images/${index + 1}` });

/** A photo of the queue as it is now. */
export interface SessionFilePhoto extends Omit<ReopenedPhoto, 'file'> {
  /** Makes its picture as it may leave, without metadata. */
  picture: () => Promise<Result<{ bytes: Uint8Array; type: string }>>;
}

/**
 * Writes photos as they are given: what must not leave is taken out before. Fails with "file-too-large" beyond 4
 * GiB, and where a picture cannot be made. `onProgress`: 0 to 1.
 */
export async function writeSessionFile(
  manifest: Omit<SessionManifest, 'format' | 'schema' | 'photos'>,
  photos: readonly SessionFilePhoto[],
  onProgress: (fraction: number) => void = () => {},
): Promise<Result<Blob>> {
  const zip = createZipWriter();
  zip.addJson('lentigo.json', {
    format,
    schema,
    photos: photos.length,
    ...manifest,
  } satisfies SessionManifest);
  let bytes = 0;
  for (const [index, photo] of photos.entries()) {
    const picture = await photo.picture();
    if (!picture.ok) return picture;
    bytes += picture.value.bytes.length;
    if (bytes > largestZip) return failure('file-too-large', { bytes });
    const paths = pathsOf(index);
    zip.add(paths.image, picture.value.bytes);
    const json = await photoJson(photo, picture.value);
    // What could not be read again is not written.
    const length = JSON.stringify(json).length;
    if (length > limits.json) return failure('file-too-large', { bytes: length });
    zip.addJson(paths.photo, json);
    onProgress((index + 1) / photos.length);
  }
  return zip.end();
}

async function photoJson(
  { photo, notes, marks, answers }: SessionFilePhoto,
  { bytes, type }: { bytes: Uint8Array; type: string },
): Promise<unknown> {
  const { id: _, mask, outlines, ...kept } = photo;
  const drawn = ({ of, raster }: NonNullable<typeof mask>) => ({ of, raster });
  return z.encode(photoFileSchema, {
    ...kept,
    ...notes,
    mask: mask && drawn(mask),
    outlines: outlines.map(drawn),
    marks: [...marks],
    answers: [...(answers?.analyses ?? [])],
    lesionAnswers: [...(answers?.lesions ?? [])],
    image: { type, sha256: await sha256(bytes as Uint8Array<ArrayBuffer>) },
  });
}

export interface SessionFileContents {
  manifest: SessionManifest;
  photos: ReopenedPhoto[];
  /** The present id of the photo that was selected; null if none was. */
  selectedId: string | null;
  /** Photos that are damaged and were left out. */
  skipped: number;
}

/**
 * Reads a session's file; writes nothing. Its photos get ids of their own, so that a session can be opened
 * beside itself. Fails with "archive-unreadable" where it is no session of ours, "archive-too-large" and
 * "archive-newer".
 */
export async function readSessionFile(file: Blob): Promise<Result<SessionFileContents>> {
  const opened = await openArchive(file, limits);
  if (!opened.ok) return opened;
  const { json, blob } = opened.value;
  const head = await json('lentigo.json');
  const looked = z.object({ format: z.literal(format), schema: z.number() }).safeParse(head);
  if (!looked.success) return failure('archive-unreadable', { reason: 'lentigo.json' });
  if (looked.data.schema > schema) return failure('archive-newer', { schema: looked.data.schema });
  const manifest = manifestSchema.safeParse(head);
  if (!manifest.success) return failure('archive-unreadable', { reason: 'lentigo.json' });
  const photos: ReopenedPhoto[] = [];
  let selectedId: string | null = null;
  const { photos: count, selected } = manifest.data;
  // No more than there are entries, whatever the file says.
  const there = Math.min(count, opened.value.paths);
  for (let index = 0; index < there; index++) {
    const paths = pathsOf(index);
    const image = await blob(paths.image);
    const photo = image && (await readPhoto(await json(paths.photo), image));
    if (!photo) continue;
    photos.push(photo);
    if (index === selected) selectedId = photo.photo.id;
  }
  return success({ manifest: manifest.data, photos, selectedId, skipped: count - photos.length });
}

/** Null where it is damaged, or its picture is another one. */
async function readPhoto(json: unknown, image: Blob): Promise<ReopenedPhoto | null> {
  const read = z.safeDecode(photoFileSchema, json as z.input<typeof photoFileSchema>);
  if (!read.success) return null;
  const { metadata, impression, passed, marks, answers, lesionAnswers, image: about, ...kept } = read.data;
  const bytes = new Uint8Array(await image.arrayBuffer());
  if ((await sha256(bytes)) !== about.sha256) return null;
  const drawn = (outline: z.output<typeof drawnMask>) => ({ ...outline, edits: [] });
  return {
    photo: {
      ...kept,
      saved: kept.saved && saidByFile(kept.saved),
      id: crypto.randomUUID(),
      mask: kept.mask && drawn(kept.mask),
      outlines: kept.outlines.map(drawn),
    },
    file: new Blob([bytes], { type: about.type }),
    answers: { analyses: answers, lesions: lesionAnswers },
    notes: { metadata, impression, passed },
    marks,
  };
}
