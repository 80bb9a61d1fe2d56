import { groupOf, imageFinder, type LabelRow } from './labels';

/** From a folder and its labels to the images that will be asked about, and what is missing, before anything starts. */

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

export interface Plan {
  images: PlannedImage[];
  /** Labels in the order in which they first occur, with their images. */
  labels: { label: string; count: number }[];
  /** Files of the table that are not in the folder. */
  absent: string[];
  /** Images that stand more than once in the table; the first row counts. */
  repeated: string[];
  /** Rows without a label. */
  unlabelled: string[];
  /** Images of the folder that no row names. */
  unnamed: string[];
  /** Images without a label that have a true outline: enough to judge an outline by. */
  outlined: PlannedImage[];
}

const image = /\.(jpe?g|png|webp|heic|heif|dcm|dicom)$/i;
const maskFolder = /(^|\/)(masks?|segmentations?|groundtruth)\//i;
const maskEnding = /_(mask|segmentation)$/i;

/** Splits what lies in a folder into photos and true outlines: those lie in a folder "masks", or end in "_mask" or "_segmentation". */
export function sortFiles(files: readonly FolderFile[]): { images: FolderFile[]; masks: FolderFile[] } {
  const pictures = files.filter(({ path }) => image.test(path) && !/(^|\/)\./.test(path));
  const isMask = ({ path }: FolderFile) =>
    maskFolder.test(path) || maskEnding.test(path.replace(/\.[^./]*$/, ''));
  return { images: pictures.filter((file) => !isMask(file)), masks: pictures.filter(isMask) };
}

export function plan(files: readonly FolderFile[], rows: readonly LabelRow[]): Plan {
  const { images, masks } = sortFiles(files);
  const bySize = new Map(images.map(({ path, size }) => [path, size]));
  const maskOf = new Map(masks.map(({ path }) => [stemOf(path).replace(maskEnding, ''), path]));
  const find = imageFinder(images.map(({ path }) => path));
  const found = new Map<string, PlannedImage>();
  const planned = (path: string, { label, columns }: Omit<LabelRow, 'file'>): PlannedImage => ({
    path,
    size: bySize.get(path) ?? 0,
    label,
    columns,
    group: groupOf({ columns }, path),
    mask: maskOf.get(stemOf(path)) ?? null,
  });
  const made: Plan = {
    images: [],
    labels: [],
    absent: [],
    repeated: [],
    unlabelled: [],
    unnamed: [],
    outlined: [],
  };
  for (const row of rows) {
    const path = find(row.file);
    if (path === null) made.absent.push(row.file);
    else if (row.label === '') made.unlabelled.push(row.file);
    else if (found.has(path)) made.repeated.push(row.file);
    else {
      found.set(path, planned(path, row));
    }
  }
  made.images = [...found.values()];
  const rowOf = new Map(rows.map((row) => [find(row.file), row]));
  made.outlined = images
    .filter(({ path }) => !found.has(path) && maskOf.has(stemOf(path)))
    .map(({ path }) => planned(path, rowOf.get(path) ?? { label: '', columns: {} }));
  made.unnamed = images.map(({ path }) => path).filter((path) => !found.has(path));
  const counts = new Map<string, number>();
  for (const { label } of made.images) counts.set(label, (counts.get(label) ?? 0) + 1);
  made.labels = [...counts].map(([label, count]) => ({ label, count }));
  return made;
}

/**
 * The images worth asking about: those whose label means a class to one of the models (a label map each), and, where a segmenter is
 * judged too, all that have a true outline.
 */
export function imagesToPredict(plan: Plan, models: readonly LabelMap[], segmenter: boolean): PlannedImage[] {
  const wanted = ({ label, mask }: PlannedImage) =>
    models.some((labels) => labels[label]) || (segmenter && mask !== null);
  return [...plan.images, ...plan.outlined].filter(wanted);
}

const stemOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/(.)\.[^.]*$/, '$1');
