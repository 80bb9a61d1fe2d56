import { isHidden, mayBePhoto } from '../image/file-names';
import { groupOf, type LabelRow } from './labels';
import { isMask, masksOf } from './masks';
import { resolveNames } from './names';

/**
 * From a folder and its labels to the images that will be asked about, and what is missing, before anything
 * starts.
 */

export interface FolderFile {
  /** Inside the folder, with forward slashes. */
  path: string;
  /** Bytes. */
  size: number;
}

export interface PlannedImage extends FolderFile {
  /** As the table has it, in lower case. */
  label: string;
  columns: LabelRow['columns'];
  /** The lesion, the patient, or the image itself. */
  group: string;
  /** The file of the true outline; null if there is none. */
  mask: string | null;
}

/** By label: the class that it means to one model; null leaves these images out of that model's figures. */
export type LabelMap = Readonly<Record<string, string | null>>;

/** What does not become an image with a label, by the reason. */
export interface LeftOut {
  /** Files of the table that are not in the folder. */
  absent: string[];
  /** Names of the table that fit several files equally well. */
  ambiguous: string[];
  /** Names of the table whose only file lies in a folder that speaks against the table's. */
  contradicted: string[];
  /** Images that stand more than once in the table; the first row counts. */
  repeated: string[];
  /** Rows without a label. */
  unlabelled: string[];
  /** Images of the folder that no row names. */
  unnamed: string[];
  /** True outlines that fit several images, or an image with another outline: none of them is used. */
  ambiguousMasks: string[];
  /** True outlines without an image. */
  strayMasks: string[];
}

export interface Plan extends LeftOut {
  images: PlannedImage[];
  /** By the path of an image: its name as the table has it. */
  names: ReadonlyMap<string, string>;
  /** Labels in the order in which they first occur, with their images. */
  labels: { label: string; count: number }[];
  /**
   * Names of the table whose file lies in another folder, or has another ending, than the table says. They
   * are used.
   */
  moved: string[];
  /** Images without a label that have a true outline: enough to judge an outline by. */
  outlined: PlannedImage[];
}

/** The reasons in the order in which they are said; each has a sentence of its own, `labelTable.<reason>`. */
export const planNotes = [
  'ambiguous',
  'contradicted',
  'absent',
  'moved',
  'unnamed',
  'repeated',
  'unlabelled',
  'ambiguousMasks',
  'strayMasks',
] as const satisfies (keyof Plan)[];

const table = /\.(csv|tsv)$/i;

/**
 * Splits what lies in a folder into photos and true outlines: those lie in a folder "masks", or end in
 * "_mask" or "_segmentation".
 */
export function sortFiles<File extends { path: string }>(
  files: readonly File[],
): { images: File[]; masks: File[] } {
  const pictures = files.filter(({ path }) => !isHidden(path) && mayBePhoto(path));
  return {
    images: pictures.filter(({ path }) => !isMask(path)),
    masks: pictures.filter(({ path }) => isMask(path)),
  };
}

/** The tables of a folder. A Mac's "._labels.csv" is none. */
export const tablesOf = <File extends { path: string }>(files: readonly File[]): File[] =>
  files.filter(({ path }) => table.test(path) && !isHidden(path));

export function plan(files: readonly FolderFile[], rows: readonly LabelRow[]): Plan {
  const { images, masks } = sortFiles(files);
  const named = resolveNames(
    rows.map(({ file }) => file),
    images,
    new Set(rows.map(({ label }) => label)),
  );
  const outlines = masksOf(masks, images);
  const bySize = new Map(images.map(({ path, size }) => [path, size]));
  const planned = (path: string, { label, columns }: Omit<LabelRow, 'file'>): PlannedImage => ({
    path,
    size: bySize.get(path) ?? 0,
    label,
    columns,
    group: groupOf({ columns }, path),
    mask: outlines.byImage.get(path) ?? null,
  });
  const found = new Map<string, PlannedImage>();
  const rowOf = new Map<string, LabelRow>();
  const said = {
    absent: [] as string[],
    ambiguous: [] as string[],
    contradicted: [] as string[],
    moved: [] as string[],
    repeated: [] as string[],
    unlabelled: [] as string[],
  };
  for (const row of rows) {
    const file = named.get(row.file);
    if (file?.kind === 'ambiguous') said.ambiguous.push(row.file);
    else if (file?.kind === 'contradicted') said.contradicted.push(row.file);
    else if (file?.kind !== 'found') said.absent.push(row.file);
    else {
      if (row.label === '') {
        if (!rowOf.has(file.path)) rowOf.set(file.path, row);
        said.unlabelled.push(row.file);
      } else if (found.has(file.path)) said.repeated.push(row.file);
      else {
        rowOf.set(file.path, row);
        found.set(file.path, planned(file.path, row));
        if (file.moved) said.moved.push(row.file);
      }
    }
  }
  const left = images.map(({ path }) => path).filter((path) => !found.has(path));
  const made = [...found.values()];
  return {
    images: made,
    names: new Map([...found.keys()].map((path) => [path, rowOf.get(path)?.file ?? path])),
    labels: countLabels(made),
    ...said,
    unnamed: left,
    ambiguousMasks: outlines.ambiguous,
    strayMasks: outlines.stray,
    outlined: left
      .filter((path) => outlines.byImage.has(path))
      .map((path) => planned(path, rowOf.get(path) ?? { label: '', columns: {} })),
  };
}

function countLabels(images: readonly PlannedImage[]): Plan['labels'] {
  const counts = new Map<string, number>();
  for (const { label } of images) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => ({ label, count }));
}

/**
 * The images worth asking about: those whose label means a class to one of the models (a label map each),
 * and, where a segmenter is judged too, all that have a true outline.
 */
export function imagesToPredict(plan: Plan, models: readonly LabelMap[], segmenter: boolean): PlannedImage[] {
  const wanted = ({ label, mask }: PlannedImage) =>
    models.some((labels) => labels[label]) || (segmenter && mask !== null);
  return [...plan.images, ...plan.outlined].filter(wanted);
}
