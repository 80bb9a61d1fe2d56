import { localDay } from '../../core/day';
import { failure, type Result, success } from '../../core/failure';
import { stripMetadata } from '../../core/image/image-metadata';
import { stem, wholeOf } from '../exports';
import type { Exportable } from '../may-leave';
import { type CleanPicture, cleanPhoto, photoPixels } from '../pictures';
import type { HealthChoice, HealthExportWords } from './contents';
import type { DicomPhoto } from './dicom-photo';
import type { HealthSource } from './record';

/** A clock and a source of UUIDs: tests give their own. */
export interface Making {
  now: () => Date;
  newId: () => string;
}

const making: Making = { now: () => new Date(), newId: () => crypto.randomUUID() };

/**
 * The file of a health record: FHIR as JSON, DICOM as a ZIP of its instances. Fails with "file-unreadable"
 * where the photo is asked for and cannot be opened. The writers are fetched now, from our own server.
 */
export async function healthRecordOf(
  exportable: Exportable,
  choice: HealthChoice,
  how: HealthExportWords,
  { now, newId }: Making = making,
): Promise<Result<Blob>> {
  const image = choice.photo ? await exportable.image() : null;
  if (choice.photo && !image) return failure('file-unreadable');
  const date = now();
  const source = (photo: CleanPicture | null, analysis: HealthSource['analysis']): HealthSource => ({
    ...{
      analysis,
      card: exportable.card,
      otherLesions: exportable.otherLesions,
      unaskedLesions: exportable.unaskedLesions,
      scale: exportable.scale,
      case: exportable.case,
    },
    ...{ words: how.words, health: how.health, language: how.language, disclaimer: how.disclaimer },
    ...{ named: choice.named, photo, madeAt: date.toISOString(), newId, titleOf: how.titleOf },
  });
  if (choice.format === 'fhir') {
    const clean = image && (await cleanPhoto(image));
    if (clean && !clean.ok) return clean;
    const { fhirBundle } = await import('./fhir');
    const bundle = fhirBundle(source(clean?.value ?? null, exportable.analysis));
    return success(new Blob([JSON.stringify(bundle, null, 2)], { type: 'application/fhir+json' }));
  }
  const photo = image && (await dicomPhoto(image));
  if (photo && !photo.ok) return photo;
  const [{ dicomStudy }, { dicomArchive }] = await Promise.all([import('./dicom'), import('./dicom-file')]);
  const study = dicomStudy(source(null, await wholeOf(exportable)), photo?.value ?? null);
  return success(new Blob([dicomArchive(study, date)], { type: 'application/zip' }));
}

/** An upright baseline JPEG in sRGB as it is, without metadata; of any other photo the pixels. */
async function dicomPhoto(image: Blob): Promise<Result<DicomPhoto>> {
  const { baselineFrame } = await import('./dicom-photo');
  const stripped = stripMetadata(new Uint8Array(await image.arrayBuffer()));
  if (stripped.ok) {
    const { bytes, orientation, plain } = stripped.value;
    if (plain && orientation === 1 && baselineFrame(bytes)) return success({ kind: 'jpeg', bytes });
  }
  const pixels = await photoPixels(image);
  const lossy = !stripped.ok || stripped.value.format === 'jpeg';
  return pixels.ok ? success({ kind: 'pixels', rgb: pixels.value, lossy }) : pixels;
}

// `stem` takes an ending away: of a name such as "J.Kim" it is not to be the second half.
const inFileName = (name: string) => stem(`${name}.x`);

/** What the file is called: by the user's own day. The photo's own name may be a patient's, so it is not in it. */
export function healthFileName(
  { case: noted, analysis }: Exportable,
  { format, named }: HealthChoice,
): string {
  const names = named
    ? [noted?.alias, noted?.lesion].flatMap((name) => (name ? [inFileName(name)] : []))
    : [];
  const parts = ['lentigo', localDay(new Date(analysis.createdAt)), ...names];
  return `${parts.join('-')}.${format === 'fhir' ? 'fhir.json' : 'dicom.zip'}`;
}
