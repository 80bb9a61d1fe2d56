import type { DataSet } from 'dicom-parser';
import { noonOf } from '../../core/day';
import { sideInWords } from '../../core/patient/path-facts';
import { type SiteGroup, siteGroupOfRegion, yearsOfAgeString } from '../../core/patient/patient-facts';
import { localText, text } from './dicom-text';

/**
 * What is kept of a DICOM file beside its picture as read from it: no name, no number, no date, no institution. What
 * is proposed to a person is `DicomIdentity`.
 */
export interface DicomMetadata {
  /** Whole years. */
  age: number | null;
  sex: 'female' | 'male' | 'other' | null;
  site: SiteGroup | null;
  /** Millimetres a pixel, where the file gives it and pixels are square. */
  scale: number | null;
  /**
   * Patient Orientation (0020,0020): where rows and columns point, such as "L\F". The picture is shown as it
   * is stored.
   */
  orientation: string | null;
  /** How many pictures the file holds. */
  frames: number;
}

/**
 * Whose photo it is, of when and of which side, to be proposed where a person saves it. As a proposal it is kept with
 * the session of the clinic for its 24 hours, and leaves with a session's or an analysis' file only where that is asked
 * for; what the person takes over is the case's from then on. The patient's name is not read.
 */
export interface DicomIdentity {
  /** Patient ID (0010,0020). */
  patient: string | null;
  /** The day of the photo or study, as "2026-03-12"; a day that can be. */
  day: string | null;
  /**
   * Image Laterality (0020,0062), or else Laterality (0020,0060), or else what the codes and words of the place say.
   */
  side: 'left' | 'right' | null;
}

const sides: Readonly<Record<string, DicomIdentity['side']>> = { L: 'left', R: 'right' };

export function identityFromDicom(data: DataSet): DicomIdentity {
  const id = localText(data, 'x00100020');
  return {
    patient: id === undefined ? null : [...id].slice(0, 64).join(''),
    day: dayOfPhoto(text(data, 'x00080022')) ?? dayOfPhoto(text(data, 'x00080020')),
    side: sideOf(data),
  };
}

/** A side as a code: SNOMED CT (PS3.16, CID 244), and SNOMED RT in files of before. */
const sideCodes: typeof sides = {
  '7771000': 'left',
  '24028007': 'right',
  'G-A101': 'left',
  'G-A100': 'right',
};

/** What is said of both sides, or of a place that is not one of a pair, has no side. */
function sideOf(data: DataSet): DicomIdentity['side'] {
  const said = text(data, 'x00200062') ?? text(data, 'x00200060');
  if (said !== undefined) return sides[said] ?? null;
  const region = regionOf(data);
  for (const { dataSet } of region?.elements.x00082220?.items ?? []) {
    const side = dataSet && sideCodes[text(dataSet, 'x00080100') ?? ''];
    if (side) return side;
  }
  const words = placeWords(data).flatMap((term) => sideInWords(term) ?? []);
  return words[0] ?? null;
}

/** A date YYYYMMDD as "2026-03-12"; null where it is no day, lies before 1900 or is still to come. */
function dayOfPhoto(date: string | undefined): string | null {
  const day = /^\d{8}$/.test(date ?? '') ? date?.replace(/(....)(..)(..)/, '$1-$2-$3') : undefined;
  return day !== undefined && noonOf(day) !== null ? day : null;
}

/** Acquisition Date, or else Study Date. */
const dateOf = (data: DataSet) => text(data, 'x00080022') ?? text(data, 'x00080020');

export function metadataFromDicom(data: DataSet): DicomMetadata {
  return {
    age: ageOf(data),
    sex: ({ F: 'female', M: 'male', O: 'other' } as const)[text(data, 'x00100040') ?? ''] ?? null,
    site: siteOf(data),
    scale: scaleOf(data),
    orientation: /^[APRLHF]{1,3}\\[APRLHF]{1,3}$/.exec(text(data, 'x00200020') ?? '')?.[0] ?? null,
    frames: Math.max(1, Number.parseInt(text(data, 'x00280008') ?? '1', 10) || 1),
  };
}

/** Patient's Age, or else the years from Patient's Birth Date to the day of the photo or study. */
function ageOf(data: DataSet): number | null {
  const given = yearsOfAgeString(text(data, 'x00101010') ?? '');
  if (given !== null) return given;
  const birth = dayOf(text(data, 'x00100030'));
  const day = dayOf(dateOf(data));
  if (birth === null || day === null || day < birth) return null;
  return yearsOfAgeString(`${String(Math.floor((day - birth) / 10_000)).padStart(3, '0')}Y`);
}

/**
 * A date YYYYMMDD as a number: the difference of two, divided by 10,000 and rounded down, is the years
 * between them.
 */
function dayOf(date: string | undefined): number | null {
  return date && /^\d{8}$/.test(date) ? Number(date) : null;
}

/** The first Anatomic Region. */
const regionOf = (data: DataSet) => data.elements.x00082218?.items?.[0]?.dataSet;

/** Body Part Examined, then the meaning of the first Anatomic Region code. */
function placeWords(data: DataSet): string[] {
  const region = regionOf(data);
  return [text(data, 'x00180015'), region && text(region, 'x00080104')].filter((term) => term !== undefined);
}

const siteOf = (data: DataSet): SiteGroup | null =>
  placeWords(data)
    .map(siteGroupOfRegion)
    .find((site) => site !== null) ?? null;

function scaleOf(data: DataSet): number | null {
  const [row = Number.NaN, column = Number.NaN] = (text(data, 'x00280030') ?? '').split('\\').map(Number);
  // Beyond a centimetre a pixel it is not the spacing of a photo of skin.
  if (!(row > 0 && row < 10) || Math.abs(row - column) > 0.01 * row) return null;
  return (row + column) / 2;
}
