import type { ReportRow } from '../content';
import type { ExportWords } from '../exports';
import type { Exportable } from '../may-leave';
import { fill } from '../words';
import { type HealthRecord, type HealthWords, healthRecord } from './record';

export type HealthFormat = 'fhir' | 'dicom';

/** What a user may choose of a health record. */
export interface HealthChoice {
  format: HealthFormat;
  photo: boolean;
  /** Whether the names of patient and lesion go along. */
  named: boolean;
}

export type HealthExportWords = ExportWords & { health: HealthWords };

/** DICOM's photographs of skin are not for slides under a microscope. */
export const formatsFor = ({ card }: Exportable): HealthFormat[] =>
  card.domain === 'histopathology' ? ['fhir'] : ['fhir', 'dicom'];

/** What the file will hold, a row a kind of thing; what is left out says so. */
export function contentsOf(
  exportable: Exportable,
  { format, photo, named }: HealthChoice,
  how: HealthExportWords,
): ReportRow[] {
  const { analysis, case: noted } = exportable;
  const { words, written } = how;
  const says = how.health.contents;
  const source = { ...exportable, ...how, named, photo: null, madeAt: '', newId: () => '' };
  const { noResult, classes, outline, place } = healthRecord(source);
  const listed = (values: readonly (string | null | undefined)[]) =>
    values.filter((value) => value).join(', ') || says.none;
  const { packageId, packageVersion } = analysis.provenance;
  const dicom = format === 'dicom';
  const hasOutline = outline !== null && outline !== 'none';
  const noPhoto = dicom ? says.photoElsewhere : says.none;
  const known = [
    noted && noted.age !== null && `${words.case.age} ${noted.age}`,
    noted?.sex && words.sex[noted.sex],
    place?.text,
  ];
  const rows: (ReportRow | null)[] = [
    {
      label: says.answer,
      value: noResult ? says.noResult : fill(says.answerValue, { count: classes.length }),
    },
    { label: says.size, value: sizeText(outline, how.health) },
    dicom ? { label: says.outline, value: hasOutline ? says.outlineValue : says.none } : null,
    { label: says.photo, value: photo ? says.photoValue : noPhoto },
    { label: says.patient, value: listed(known.map((text) => text || null)) },
    { label: says.names, value: named ? listed([noted?.alias, noted?.lesion]) : says.none },
    dicom ? null : { label: says.noted, value: listed([noted?.impression?.label, noted?.histology]) },
    { label: says.dates, value: fill(says.datesValue, { analysed: written(analysis.createdAt) }) },
    { label: says.model, value: fill(says.modelValue, { id: packageId, version: packageVersion }) },
    { label: says.never, value: says.neverValue },
  ];
  return rows.filter((row) => row !== null);
}

function sizeText(outline: HealthRecord['outline'], health: HealthWords): string {
  if (outline === null) return health.contents.none;
  if (outline === 'none') return health.noLesion;
  const { diameter, area } = outline;
  if (diameter === null || area === null) return `${health.noScale} ${health.form}.`;
  return `${health.diameter} ${diameter} mm, ${health.area} ${area} mm². ${health.form}.`;
}
