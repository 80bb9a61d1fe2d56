import { randomUUID } from 'node:crypto';
// Declares globalThis.lentigo, which the built app puts on its page.
import type {} from '../../src/app/automation';
import type { Analysis, BackendName } from '../../src/core/analysis';
import type { Card } from '../../src/core/card/card';
import type { Failure, Result } from '../../src/core/failure';
import type { Size } from '../../src/core/geometry';
import { skinToneSide, typologyAngle } from '../../src/core/image/skin-tone';
import type { MetadataValues } from '../../src/core/patient/metadata';
import type { Raster } from '../../src/core/raster';
import type { BackendStatus, LoadedPackage } from '../../src/engine/engine';
import { builtApp } from '../build';
import { openPage } from '../open-page';
import { serve } from '../serve';

/** What evaluation needs of an analysis; the maps stay in the page. */
export type Answer = Pick<
  Analysis,
  'probabilities' | 'conformalSet' | 'decision' | 'provenance' | 'embedding' | 'outOfDistribution'
> & {
  milliseconds: number;
  /** In degrees; null where too little skin is seen, missing where nobody measured it. */
  typologyAngle?: number | null;
};

/** What skin tone is measured on: the photo reduced to RGBA in base64, and the outline as "1" and "0". */
interface SeenSkin {
  pixels: string;
  lesion: Size & { pixels: string };
}

/** A photo of the folder, and what is known of its patient. */
export interface Asked {
  path: string;
  metadata: MetadataValues;
  /** The lesion as somebody drew it, for a fusion, in place of what a segmenter finds. */
  mask?: Raster | null;
}

/**
 * What a segmenter found: "1" and "0" for every pixel of a raster over the whole photo, row by row; null
 * where there is no lesion.
 */
export interface FoundMask {
  mask: { width: number; height: number; pixels: string } | null;
  milliseconds: number;
}

/** What a segmenter says of every pixel of a raster over the whole photo, before anything is made of it. */
export interface LesionMap {
  width: number;
  height: number;
  values: number[];
  packageHash: string;
}

/**
 * The built app, open in a headless Chromium, with a folder of images behind a private path of its own
 * server.
 */
export interface OpenApp {
  packages(): Promise<Result<Card[]>>;
  pinBackend(name: BackendName): Promise<Result<BackendStatus>>;
  load(packageId: string): Promise<Result<LoadedPackage>>;
  /** Runs images (paths inside the folder) one after the other, the way a dropped photo goes. */
  analyse(photos: Asked[], packageId: string, options?: { skinTone: boolean }): Promise<Result<Answer>[]>;
  /** Looks for lesions in one image. */
  findLesions(path: string, segmenterId: string): Promise<Result<FoundMask>>;
  /** The segmenter's probabilities on one image. */
  lesionMap(path: string, segmenterId: string): Promise<Result<LesionMap>>;
  close(): Promise<void>;
}

/**
 * Opens the app, with packages of another folder than its own where one is given. Prefers the machine's own
 * GPU and says so when it has to do with an emulated one.
 */
export async function openApp(images: string, models: string | null = null): Promise<OpenApp> {
  const mount = `/private-${randomUUID()}/`;
  const mounts = { [mount]: images, ...(models ? { '/models/': models } : {}) };
  const server = await serve({ folder: builtApp, port: 0, mounts });
  const urlOf = (path: string) => mount + path.split('/').map(encodeURIComponent).join('/');
  const { browser, page } = await openPage(server.url).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  return {
    packages: () => page.evaluate(() => globalThis.lentigo.engine.packages()),
    pinBackend: (name) => page.evaluate((name) => globalThis.lentigo.engine.pinBackend(name), name),
    load: (packageId) => page.evaluate((packageId) => globalThis.lentigo.engine.load(packageId), packageId),
    analyse: async (photos, packageId, { skinTone } = { skinTone: false }) => {
      const located = photos.map(({ path, metadata, mask }) => ({
        url: urlOf(path),
        metadata,
        mask: mask ? { ...mask, data: [...mask.data] } : null,
      }));
      const side = skinTone ? skinToneSide : null;
      const answers = await page.evaluate(analyseInPage, { photos: located, packageId, side });
      return answers.map((answer) => (answer.ok ? { ok: true, value: withSkinTone(answer.value) } : answer));
    },
    findLesions: (path, segmenterId) => page.evaluate(findInPage, { url: urlOf(path), segmenterId }),
    lesionMap: (path, segmenterId) => page.evaluate(mapInPage, { url: urlOf(path), segmenterId }),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** The angle of what was seen in the page, by the app's own function. */
export function withSkinTone({ seen, ...answer }: Answer & { seen: SeenSkin | null }): Answer {
  if (!seen) return answer;
  const { width, height, pixels } = seen.lesion;
  const photo = {
    width: skinToneSide,
    height: skinToneSide,
    channels: 4 as const,
    data: new Uint8ClampedArray(Buffer.from(seen.pixels, 'base64')),
  };
  const lesion = { width, height, data: Uint8Array.from(pixels, Number) };
  return { ...answer, typologyAngle: typologyAngle(photo, lesion) };
}

/** Runs in the page, so it uses nothing from outside itself. `side`: null where no skin tone is wanted. */
async function analyseInPage({
  photos,
  packageId,
  side,
}: {
  side: number | null;
  photos: { url: string; metadata: MetadataValues; mask: (Size & { data: number[] }) | null }[];
  packageId: string;
}): Promise<Result<Answer & { seen: SeenSkin | null }>[]> {
  const { engine } = globalThis.lentigo;
  const cards = await engine.packages();
  const all = cards.ok ? cards.value : [];
  const card = all.find(({ id }) => id === packageId);
  const networks = card?.task === 'panel' ? card.panel.members.map(({ id }) => id) : [packageId];
  const fusion = all.some(({ id, task }) => task === 'fusion' && networks.includes(id));
  // As a card was measured: every photo, its largest centred square; a mask for those that read one, and no
  // time lost on others.
  const asMeasured = {
    square: 'centre',
    overruleGate: true,
    ...(fusion || side !== null ? {} : { segmenterId: null }),
  } as const;
  /** As the app's own `readSkin` (src/features/evaluate/model/skin-pixels.ts) does it. */
  const skinOf = async (photo: Blob, side: number): Promise<string | null> => {
    try {
      const bitmap = await createImageBitmap(photo, {
        imageOrientation: 'from-image',
        resizeWidth: side,
        resizeHeight: side,
        resizeQuality: 'high',
      });
      const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
      if (!context) return null;
      context.drawImage(bitmap, 0, 0);
      bitmap.close();
      return btoa(String.fromCharCode(...context.getImageData(0, 0, side, side).data));
    } catch {
      return null;
    }
  };
  const answers: Result<Answer & { seen: SeenSkin | null }>[] = [];
  for (const { url, metadata, mask } of photos) {
    const photo = await (await fetch(url)).blob();
    const drawn = mask ? { mask: { ...mask, data: Uint8Array.from(mask.data) } } : {};
    const result = await engine.analyse(photo, { packageId, metadata, ...asMeasured, ...drawn });
    if (!result.ok) {
      answers.push(result);
      continue;
    }
    const { probabilities, conformalSet, decision, provenance, embedding, outOfDistribution, timings } =
      result.value;
    const kept = { probabilities, conformalSet, decision, provenance, embedding, outOfDistribution };
    const outline = result.value.lesion?.mask;
    const pixels = side !== null && outline ? await skinOf(photo, side) : null;
    const seen =
      pixels && outline
        ? { pixels, lesion: { width: outline.width, height: outline.height, pixels: outline.data.join('') } }
        : null;
    answers.push({ ok: true, value: { ...kept, milliseconds: timings.total, seen } });
  }
  return answers;
}

/** Runs in the page. */
async function findInPage({
  url,
  segmenterId,
}: {
  url: string;
  segmenterId: string;
}): Promise<Result<FoundMask>> {
  const photo = await (await fetch(url)).blob();
  const start = performance.now();
  const result = await globalThis.lentigo.engine.findLesions(photo, { segmenterId });
  if (!result.ok) return result;
  const milliseconds = performance.now() - start;
  const { mask } = result.value;
  const found = mask && { width: mask.width, height: mask.height, pixels: mask.data.join('') };
  return { ok: true, value: { mask: found, milliseconds } };
}

/** Runs in the page. */
async function mapInPage({
  url,
  segmenterId,
}: {
  url: string;
  segmenterId: string;
}): Promise<Result<LesionMap>> {
  const photo = await (await fetch(url)).blob();
  const result = await globalThis.lentigo.engine.findLesions(photo, { segmenterId });
  if (!result.ok) return result;
  const { segmenter, probabilities } = result.value;
  const { width, height, data } = probabilities;
  const packageHash = segmenter?.packageHash ?? '';
  return { ok: true, value: { width, height, values: [...data], packageHash } };
}

/** "package-corrupt (packageId: x, file: y)": one line for the terminal. */
export function describeFailure({ code, detail }: Failure): string {
  const details = Object.entries(detail)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`);
  return details.length === 0 ? code : `${code} (${details.join(', ')})`;
}
