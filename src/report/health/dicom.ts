import {
  anatomicRegion,
  type Dataset,
  dateTime,
  type Instance,
  longString,
  ownScheme,
  personName,
  uidOf,
} from './dicom-parts';
import { compressionOf, type DicomPhoto, pixelAttributes, transferSyntax } from './dicom-photo';
import { type ReportInstances, reportAttributes } from './dicom-report';
import { segmentationAttributes } from './dicom-segmentation';
import { type HealthSource, healthRecord, type RecordedPackage } from './record';

/** One instance of a study, to be written by dicom-file.ts. */
export interface DicomInstance {
  /** Of the file, without an ending. */
  name: 'photo' | 'segmentation' | 'report';
  transferSyntax: string;
  dataset: Dataset;
}

const sopClass = {
  photo: '1.2.840.10008.5.1.4.1.1.77.1.4',
  segmentation: '1.2.840.10008.5.1.4.1.1.66.4',
  report: '1.2.840.10008.5.1.4.1.1.88.33',
} as const;

/**
 * An answer as a study of up to three instances: the photo (VL Photographic Image), where it goes along; the
 * outline (Segmentation), where there is a mask; the answer (Comprehensive SR). The last two refer to the
 * photo by its UID whether it goes along or not. All UIDs are made of the UUIDs of `source.newId`.
 */
export function dicomStudy(source: HealthSource, photo: DicomPhoto | null): DicomInstance[] {
  // DICOM's own names are English, and so are those of the classes. The sentences are the reader's.
  const { conclusion } = healthRecord(source);
  const record = { ...healthRecord({ ...source, language: 'en' }), conclusion };
  const { analysis, newId } = source;
  const newUid = () => uidOf(newId());
  const studyUid = newUid();
  const instanceOf = (name: DicomInstance['name']): Instance => ({
    seriesUid: newUid(),
    classUid: sopClass[name],
    uid: newUid(),
  });
  const mask = analysis.lesion?.mask ?? null;
  const photoInstance = instanceOf('photo');
  const segmentation = mask && instanceOf('segmentation');
  const report = instanceOf('report');
  const instances: ReportInstances = {
    studyUid,
    photo: photoInstance,
    segmentation,
    tracking: { id: (source.named && source.case?.lesion) || 'Lesion', uid: newUid() },
    answerTracking: { id: 'Answer', uid: newUid() },
  };
  const { place } = record;
  const common = { ...studyAttributes(source), StudyInstanceUID: studyUid };
  const made: (DicomInstance | null)[] = [
    photo && {
      name: 'photo',
      transferSyntax:
        photo.kind === 'jpeg' ? transferSyntax.jpegBaseline : transferSyntax.explicitLittleEndian,
      dataset: {
        ...common,
        ...seriesAttributes(photoInstance, 'XC', 1),
        Manufacturer: '',
        InstanceNumber: 1,
        PatientOrientation: null,
        AcquisitionContextSequence: [],
        ...anatomicRegion(place),
        ...(place?.side && { ImageLaterality: laterality[place.side] }),
        ...(source.scale !== null && { PixelSpacing: [source.scale, source.scale] }),
        ...pixelAttributes(photo, analysis.photo),
      },
    },
    mask &&
      segmentation && {
        name: 'segmentation',
        transferSyntax: transferSyntax.explicitLittleEndian,
        dataset: {
          ...common,
          ...dateTime('Content', source.madeAt),
          ...seriesAttributes(segmentation, 'SEG', 2),
          ...equipment(record.segmenter ?? record.classifier, analysis.provenance.appVersion),
          ...segmentationAttributes({
            mask,
            photo: { ...photoInstance, ...analysis.photo, compression: compressionOf(photo, analysis.photo) },
            segmenter: record.segmenter,
            place,
            tracking: instances.tracking,
            dimensionUid: newUid(),
          }),
        },
      },
    {
      name: 'report',
      transferSyntax: transferSyntax.explicitLittleEndian,
      dataset: {
        ...common,
        ...dateTime('Content', source.madeAt),
        ...seriesAttributes(report, 'SR', 3),
        ...equipment(record.classifier, analysis.provenance.appVersion),
        ...reportAttributes(record, instances, source.language),
      },
    },
  ];
  return made.flatMap((instance) => instance ?? []);
}

/** Image Laterality (PS3.3, C.8.12.1): what lies across the middle is not one of a pair. */
const laterality = { left: 'L', right: 'R', middle: 'U' } as const;

/** Patient, study and the parts of "SOP Common" that all instances have alike. */
function studyAttributes({ case: noted, named, analysis }: HealthSource): Dataset {
  const sexes = { female: 'F', male: 'M', other: 'O' } as const;
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    TimezoneOffsetFromUTC: '+0000',
    ...ownScheme,
    PatientName: named && noted?.alias ? personName(noted.alias) : '',
    PatientID: '',
    PatientBirthDate: '',
    PatientSex: noted?.sex ? sexes[noted.sex] : '',
    ...(noted && noted.age !== null && { PatientAge: `${String(noted.age).padStart(3, '0')}Y` }),
    ...dateTime('Study', analysis.createdAt),
    ReferringPhysicianName: '',
    StudyID: '',
    AccessionNumber: '',
    StudyDescription: 'Lentigo: for research and teaching, no medical device',
  };
}

const seriesAttributes = (
  { seriesUid, classUid, uid }: Instance,
  modality: string,
  number: number,
): Dataset => ({
  SOPClassUID: classUid,
  SOPInstanceUID: uid,
  SeriesInstanceUID: seriesUid,
  SeriesNumber: number,
  Modality: modality,
});

const equipment = (
  { packageId, packageVersion, packageHash }: RecordedPackage,
  appVersion: string,
): Dataset => ({
  Manufacturer: 'Lentigo',
  ManufacturerModelName: longString(packageId),
  DeviceSerialNumber: packageHash,
  SoftwareVersions: [longString(`Lentigo ${appVersion}`), longString(`package ${packageVersion}`)],
});
