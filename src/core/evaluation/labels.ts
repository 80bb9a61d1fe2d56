import Papa from 'papaparse';
import { failure, type Result, success } from '../failure';
import type { MetadataValues } from '../patient/metadata';
import { siteGroupOfRegion } from '../patient/patient-facts';

/** labels.csv: what is known of each image. */
export interface LabelRow {
  /** As the table has it. */
  file: string;
  /** Lower case. */
  label: string;
  /** All other columns that hold something, by their names in lower case: age, sex, site, lesion_id, and what else there is. */
  columns: Readonly<Record<string, string>>;
}

/** Reads a table with the columns `file` and `label`. Fails with `labels-invalid`, which names what is missing. */
export function parseLabels(text: string): Result<LabelRow[]> {
  // Excel starts a CSV file with a byte order mark.
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim().toLowerCase(),
  });
  const missing = ['file', 'label'].filter((column) => !meta.fields?.includes(column));
  if (missing.length > 0) return failure('labels-invalid', { missing: missing.join(', ') });
  return success(
    data.map(({ file = '', label = '', ...others }) => ({
      file: file.trim(),
      label: label.trim().toLowerCase(),
      columns: Object.fromEntries(
        Object.entries(others)
          .map(([name, value]) => [name, typeof value === 'string' ? value.trim() : ''] as const)
          .filter(([, value]) => value !== ''),
      ),
    })),
  );
}

/** One folder a class: the name of the folder that an image lies in is its label; images outside of any folder are left out. */
export function labelsOfFolders(paths: readonly string[]): LabelRow[] {
  return paths.flatMap((path) => {
    const folder = path.split('/').at(-2);
    return folder === undefined ? [] : [{ file: path, label: folder.trim().toLowerCase(), columns: {} }];
  });
}

/** Finds an image by its path, by its name, or by its name without extension; null if there is none. `paths` use forward slashes. */
export function imageFinder(paths: readonly string[]): (file: string) => string | null {
  const byPath = new Map(paths.map((path) => [path, path]));
  const byName = new Map(paths.map((path) => [nameOf(path), path]));
  const byStem = new Map(paths.map((path) => [stemOf(path), path]));
  return (file) => {
    const path = file.replaceAll('\\', '/');
    const name = nameOf(path);
    const stem = name.replace(/\.(jpe?g|png|webp|heic|heif|dcm|dicom)$/i, '');
    return byPath.get(path) ?? byName.get(name) ?? byStem.get(name) ?? byStem.get(stem) ?? null;
  };
}

/** Years; null where it is unknown. */
export function ageOf({ columns }: Pick<LabelRow, 'columns'>): number | null {
  const age = Number(columns.age ?? Number.NaN);
  return Number.isNaN(age) ? null : age;
}

/** "female", "male", or what the table says in lower case; null where it is unknown. */
export function sexOf({ columns }: Pick<LabelRow, 'columns'>): string | null {
  const word = (columns.sex ?? columns.gender ?? '').toLowerCase();
  const words: Record<string, string> = { f: 'female', w: 'female', m: 'male', 여: 'female', 남: 'male' };
  return words[word] ?? (word === '' || word === 'unknown' ? null : word);
}

/** The site in lower case; null where it is unknown. */
export function siteOf({ columns }: Pick<LabelRow, 'columns'>): string | null {
  const word = (columns.site ?? columns.region ?? '').toLowerCase();
  return word === '' || word === 'unknown' ? null : word;
}

/** Every column, with age, sex and site in the words that cards use: what a model that takes metadata may be told. */
export function metadataFromRow(row: Pick<LabelRow, 'columns'>): MetadataValues {
  const [sex, site] = [sexOf(row), siteOf(row)];
  const age = ageOf(row);
  return {
    ...row.columns,
    ...(age === null ? {} : { age }),
    ...(sex === null ? {} : { sex, gender: sex }),
    ...(site === null ? {} : { site: siteGroupOfRegion(site) ?? site }),
  };
}

/** What belongs together, so that an interval does not take five photos of one lesion for five lesions. */
export function groupOf(row: Pick<LabelRow, 'columns'>, path: string): string {
  const { lesion_id: lesion, patient_id: patient } = row.columns;
  return lesion ?? patient ?? path;
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const stemOf = (path: string) => nameOf(path).replace(/(.)\.[^.]*$/, '$1');
