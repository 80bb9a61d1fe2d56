import {
  coded,
  type Dataset,
  type DicomCode,
  dcm,
  decimalString,
  type Instance,
  referenced,
} from './dicom-parts';

/** Content items of a structured report (PS3.3, C.17.3). */

type Relationship = 'CONTAINS' | 'HAS CONCEPT MOD' | 'HAS OBS CONTEXT';

const item = (relationship: Relationship, type: string, name: DicomCode, value: Dataset): Dataset => ({
  RelationshipType: relationship,
  ValueType: type,
  ConceptNameCodeSequence: coded(name),
  ...value,
});

/** `modifiers`: what says more of the code. */
export const code = (
  name: DicomCode,
  value: DicomCode,
  relationship: Relationship = 'CONTAINS',
  modifiers: readonly Dataset[] = [],
): Dataset =>
  item(relationship, 'CODE', name, {
    ConceptCodeSequence: coded(value),
    ...(modifiers.length > 0 && { ContentSequence: modifiers }),
  });

export const text = (name: DicomCode, value: string, relationship: Relationship = 'CONTAINS') =>
  item(relationship, 'TEXT', name, { TextValue: value });

export const uid = (name: DicomCode, value: string, relationship: Relationship = 'CONTAINS') =>
  item(relationship, 'UIDREF', name, { UID: value });

/** `units`: a code of UCUM. `modifiers`: what says more of the number. */
export const number = (
  name: DicomCode,
  value: number,
  units: DicomCode,
  modifiers: readonly Dataset[] = [],
): Dataset =>
  item('CONTAINS', 'NUM', name, {
    MeasuredValueSequence: [
      {
        NumericValue: decimalString(value),
        FloatingPointValue: value,
        MeasurementUnitsCodeSequence: coded(units),
      },
    ],
    ...(modifiers.length > 0 && { ContentSequence: modifiers }),
  });

/** An instance that is referred to; of a segmentation with the segment. */
export const image = (name: DicomCode, instance: Instance, segment?: number): Dataset =>
  item('CONTAINS', 'IMAGE', name, {
    ReferencedSOPSequence: [
      {
        ...referenced(instance),
        ...(segment && { ReferencedFrameNumber: 1, ReferencedSegmentNumber: segment }),
      },
    ],
  });

/** `template`: of DICOM's content mapping resource (PS3.16). */
export const container = (
  name: DicomCode,
  content: readonly Dataset[],
  template: string | null = null,
): Dataset => item('CONTAINS', 'CONTAINER', name, containerAttributes(content, template));

export const containerAttributes = (content: readonly Dataset[], template: string | null): Dataset => ({
  ContinuityOfContent: 'SEPARATE',
  ...(template && {
    ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: template }],
  }),
  ContentSequence: content,
});

export const units = {
  none: { scheme: 'UCUM', value: '1', meaning: 'no units' },
  millimetres: { scheme: 'UCUM', value: 'mm', meaning: 'mm' },
  squareMillimetres: { scheme: 'UCUM', value: 'mm2', meaning: 'square millimeter' },
} as const satisfies Record<string, DicomCode>;

export const names = {
  language: dcm('121049', 'Language of Content Item and Descendants'),
  observerType: dcm('121005', 'Observer Type'),
  device: dcm('121007', 'Device'),
  deviceUid: dcm('121012', 'Device Observer UID'),
  deviceName: dcm('121013', 'Device Observer Name'),
  deviceManufacturer: dcm('121014', 'Device Observer Manufacturer'),
  deviceModel: dcm('121015', 'Device Observer Model Name'),
  deviceSerial: dcm('121016', 'Device Observer Serial Number'),
  procedure: dcm('121058', 'Procedure reported'),
  measurements: dcm('126010', 'Imaging Measurements'),
  group: dcm('125007', 'Measurement Group'),
  trackingId: dcm('112039', 'Tracking Identifier'),
  trackingUid: dcm('112040', 'Tracking Unique Identifier'),
  finding: dcm('121071', 'Finding'),
  findingSite: { scheme: 'SCT', value: '363698007', meaning: 'Finding Site' },
  laterality: { scheme: 'SCT', value: '272741003', meaning: 'Laterality' },
  segment: dcm('121214', 'Referenced Segmentation Frame'),
  segmentSource: dcm('121233', 'Source image for segmentation'),
  source: { scheme: 'SCT', value: '260753009', meaning: 'Source' },
  algorithm: dcm('111001', 'Algorithm Name'),
  algorithmVersion: dcm('111003', 'Algorithm Version'),
  qualitative: { scheme: 'UMLS', value: 'C0034375', meaning: 'Qualitative Evaluations' },
  comment: dcm('121106', 'Comment'),
} as const satisfies Record<string, DicomCode>;
