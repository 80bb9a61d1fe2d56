import { isHidden, mayBePhoto } from '../image/file-names';
import { each, finish, type Steps } from '../steps';
import { groupOf, type LabelRow, labelOfFolder } from './labels';
import { isMask, matchingMasks } from './masks';
import { resolvingNames } from './names';

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
  return finish(sortingFiles(files));
}

/** As `sortFiles`, in steps. */
export function* sortingFiles<File extends { path: string }>(
  files: readonly File[],
): Steps<{ images: File[]; masks: File[] }> {
  const images: File[] = [];
  const masks: File[] = [];
  yield* each(files, (file) => {
    if (!isHidden(file.path) && mayBePhoto(file.path)) (isMask(file.path) ? masks : images).push(file);
  });
  return { images, masks };
}

/** The tables of a folder. A Mac's "._labels.csv" is none. */
export const tablesOf = <File extends { path: string }>(files: readonly File[]): File[] =>
  files.filter(({ path }) => table.test(path) && !isHidden(path));

/** `rows`: null where each folder is a class. */
export function plan(files: readonly FolderFile[], rows: readonly LabelRow[] | null): Plan {
  return finish(planning(files, rows));
}

/** As `plan`, in steps; `planningItems` says how many items the steps come to, nearly. */
export function* planning(files: readonly FolderFile[], given: readonly LabelRow[] | null): Steps<Plan> {
  const { images, masks } = yield* sortingFiles(files);
  let rows = given ?? [];
  if (given === null) {
    const ofFolders: LabelRow[] = [];
    yield* each(images, ({ path }) => {
      const label = labelOfFolder(path);
      if (label !== null) ofFolders.push({ file: path, label, columns: {} });
    });
    rows = ofFolders;
  }
  const labels = new Set<string>();
  const names: string[] = [];
  yield* each(rows, ({ file, label }) => {
    names.push(file);
    labels.add(label);
  });
  const named = yield* resolvingNames(names, images, labels);
  const outlines = yield* matchingMasks(masks, images);
  const bySize = new Map<string, number>();
  yield* each(images, ({ path, size }) => bySize.set(path, size));
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
  yield* each(rows, (row) => {
    const file = named.get(row.file);
    if (file?.kind === 'ambiguous') said.ambiguous.push(row.file);
    else if (file?.kind === 'contradicted') said.contradicted.push(row.file);
    else if (file?.kind !== 'found') said.absent.push(row.file);
    else if (row.label === '') {
      if (!rowOf.has(file.path)) rowOf.set(file.path, row);
      said.unlabelled.push(row.file);
    } else if (found.has(file.path)) said.repeated.push(row.file);
    else {
      rowOf.set(file.path, row);
      found.set(file.path, planned(file.path, row));
      if (file.moved) said.moved.push(row.file);
    }
  });
  const nameOf = new Map<string, string>();
  const counts = new Map<string, number>();
  yield* each(found, ([path, { label }]) => {
    nameOf.set(path, rowOf.get(path)?.file ?? path);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  });
  const unnamed: string[] = [];
  const outlined: PlannedImage[] = [];
  yield* each(images, ({ path }) => {
    if (found.has(path)) return;
    unnamed.push(path);
    if (outlines.byImage.has(path))
      outlined.push(planned(path, rowOf.get(path) ?? { label: '', columns: {} }));
  });
  return {
    images: [...found.values()],
    names: nameOf,
    labels: [...counts].map(([label, count]) => ({ label, count })),
    ...said,
    unnamed,
    ambiguousMasks: outlines.ambiguous,
    strayMasks: outlines.stray,
    outlined,
  };
}

/** How many items `planning` works on, nearly: each file and each row several times. */
export const planningItems = (files: readonly FolderFile[], rows: readonly LabelRow[] | null): number =>
  4 * files.length + 6 * (rows ?? files).length;

/**
 * The images worth asking about: those whose label means a class to one of the models (a label map each),
 * and, where a segmenter is judged too, all that have a true outline.
 */
export function imagesToPredict(plan: Plan, models: readonly LabelMap[], segmenter: boolean): PlannedImage[] {
  const wanted = ({ label, mask }: PlannedImage) =>
    models.some((labels) => labels[label]) || (segmenter && mask !== null);
  return [...plan.images, ...plan.outlined].filter(wanted);
}
