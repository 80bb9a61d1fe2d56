import { isSite } from '../patient/body-sites';
import type { MetadataValues } from '../patient/metadata';
import { siteGroupOfRegion, yearsOfAgeString } from '../patient/patient-facts';

/** What a table knows of an image. */
export interface LabelRow {
  /** As the table has it. */
  file: string;
  /** Lower case. */
  label: string;
  /**
   * All other columns that hold something, by their names in lower case: age, sex, site, lesion_id, and what
   * else there is.
   */
  columns: Readonly<Record<string, string>>;
}

/**
 * What tables call the same column, the plainest name first: those of HAM10000 (image_id, dx, localization),
 * of the ISIC archive (isic_id, diagnosis, age_approx, anatom_site_general), of PAD-UFES (img_id, diagnostic,
 * region), and Korean.
 */
const spellings = {
  file: [
    'file',
    'filename',
    'file_name',
    'image',
    'image_id',
    'image_name',
    'isic_id',
    'img_id',
    'img',
    'path',
    'image_path',
    '파일',
    '파일명',
  ],
  label: [
    'label',
    'labels',
    'dx',
    'diagnosis',
    'diagnostic',
    'diagnosis_1',
    'class',
    'benign_malignant',
    '라벨',
    '진단',
    '진단명',
  ],
  age: ['age', 'age_approx', 'age_approximate', 'age_years', 'patient_age', '나이', '연령'],
  sex: ['sex', 'gender', 'patient_sex', '성별'],
  site: [
    'site',
    'region',
    'localization',
    'localisation',
    'location',
    'anatom_site_general',
    'anatom_site_general_challenge',
    'anatom_site',
    'body_site',
    '부위',
  ],
  lesion: ['lesion_id', 'lesion'],
  patient: ['patient_id', 'patient'],
} as const;

export type KnownColumn = keyof typeof spellings;

/** The column of a table (names in lower case) that holds this; null if no column does. */
export function columnFor(what: KnownColumn, columns: readonly string[]): string | null {
  return spellings[what].find((name) => columns.includes(name)) ?? null;
}

/** Every name of a column that tells age, sex or site. */
export const factColumns: ReadonlySet<string> = new Set([
  ...spellings.age,
  ...spellings.sex,
  ...spellings.site,
]);

const cellOf = (what: KnownColumn, columns: LabelRow['columns']): string => {
  const column = columnFor(what, Object.keys(columns));
  return column === null ? '' : (columns[column] ?? '');
};

/** One folder a class: the name of the folder that an image lies in is its label. Null outside of any folder. */
export const labelOfFolder = (path: string): string | null =>
  path.split('/').at(-2)?.trim().toLowerCase().normalize('NFC') ?? null;

const unknownWords = new Set(
  '|unknown|unk|na|n/a|nan|none|null|nil|-|--|?|missing|not available|미상|모름'.split('|'),
);

/** Whether a cell says that nothing is known, as against something that is not understood. */
export const saysUnknown = (value: string): boolean => unknownWords.has(value.trim().toLowerCase());

/**
 * Years, 0 to 130, of "45", "45.0", "45,5", "85+", "45 years" or DICOM's "045Y"; null where it is unknown.
 */
export function ageOf({ columns }: Pick<LabelRow, 'columns'>): number | null {
  const text = cellOf('age', columns).trim();
  const match = /^(\d{1,3}(?:[.,]\d+)?)\s*(?:\+|y|yrs?|years?|세|살)?\.?$/i.exec(text);
  const age = /^\d{3}[DWMY]$/.test(text) ? yearsOfAgeString(text) : match?.[1]?.replace(',', '.');
  return age === null || age === undefined || Number(age) > 130 ? null : Number(age);
}

/** "female", "male", or what the table says in lower case; null where it is unknown. */
export function sexOf({ columns }: Pick<LabelRow, 'columns'>): string | null {
  const word = cellOf('sex', columns).trim().toLowerCase().normalize('NFC');
  const females = ['f', 'w', 'female', 'woman', 'weiblich', '여', '여성', '여자'];
  const males = ['m', 'male', 'man', 'männlich', '남', '남성', '남자'];
  if (females.includes(word)) return 'female';
  if (males.includes(word)) return 'male';
  return saysUnknown(word) ? null : word;
}

/** The site in lower case; null where it is unknown. */
export function siteOf({ columns }: Pick<LabelRow, 'columns'>): string | null {
  const word = cellOf('site', columns).trim().toLowerCase();
  return saysUnknown(word) ? null : word;
}

/**
 * Every column, with age, sex and site in the words that cards use: what a model that takes metadata may be
 * told.
 */
export function metadataFromRow(row: Pick<LabelRow, 'columns'>): MetadataValues {
  const [sex, site] = [sexOf(row), siteOf(row)];
  const age = ageOf(row);
  return {
    ...row.columns,
    ...(age === null ? {} : { age }),
    ...(sex === null ? {} : { sex, gender: sex }),
    ...(site === null ? {} : { site: siteOfWord(site) ?? site }),
  };
}

/** The place or the group of places that a table's word means; null where it is none that is known here. */
export function siteOfWord(word: string): string | null {
  const place = word
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return isSite(place) ? place : siteGroupOfRegion(word);
}

/** What belongs together, so that an interval does not take five photos of one lesion for five lesions. */
export function groupOf({ columns }: Pick<LabelRow, 'columns'>, path: string): string {
  return cellOf('lesion', columns) || cellOf('patient', columns) || path;
}
