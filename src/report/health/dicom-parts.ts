import { type Code, ownSchemeOid } from './codes';
import type { RecordedPlace } from './record';

/** Small parts of DICOM data sets, by the keywords of PS3.6. */

export type DicomValue =
  | string
  | number
  | ArrayBuffer
  | null
  | undefined
  | readonly (string | number)[]
  | readonly Dataset[];
export interface Dataset {
  [keyword: string]: DicomValue | Readonly<Record<string, string>>;
}

export interface DicomCode {
  scheme: Code['scheme'] | 'UCUM' | 'UMLS' | 'RFC5646';
  value: string;
  meaning: string;
}

export const dcm = (value: string, meaning: string): DicomCode => ({ scheme: 'DCM', value, meaning });

/** The code of a sequence. A value of more than 16 characters has an attribute of its own. */
export const coded = ({ scheme, value, meaning }: DicomCode): Dataset[] => [
  {
    [value.length > 16 ? 'LongCodeValue' : 'CodeValue']: value,
    CodingSchemeDesignator: scheme,
    CodeMeaning: longString(meaning),
  },
];

/** Whose codes 99LENTIGO are. */
export const ownScheme: Dataset = {
  CodingSchemeIdentificationSequence: [
    {
      CodingSchemeDesignator: '99LENTIGO',
      CodingSchemeUID: ownSchemeOid,
      CodingSchemeName: 'Lentigo',
      CodingSchemeResponsibleOrganization: 'Lentigo',
    },
  ],
};

/** The UID of a UUID (PS3.5, B.2): "2.25." and its number in decimal. */
export const uidOf = (uuid: string) => `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`;

/**
 * The UID of a SHA-256 in hexadecimal: its first 122 bits as a UUID of version 8 (RFC 9562), so that the same
 * package has the same UID everywhere.
 */
export function uidOfHash(hash: string): string {
  const variant = (Number.parseInt(hash[16] ?? '0', 16) & 3) | 8;
  return uidOf(`${hash.slice(0, 12)}8${hash.slice(13, 16)}${variant.toString(16)}${hash.slice(17, 32)}`);
}

/** Date and time of an ISO 8601 time in UTC, as `<prefix>Date` and `<prefix>Time`. */
export const dateTime = (prefix: 'Study' | 'Content', iso: string): Dataset => ({
  [`${prefix}Date`]: iso.slice(0, 10).replaceAll('-', ''),
  [`${prefix}Time`]: iso.slice(11, 19).replaceAll(':', ''),
});

/** Text for VR LO: 64 characters, without the backslash that parts values. */
export const longString = (text: string) => text.replaceAll('\\', ' ').slice(0, 64);

/** Text for VR PN: without the signs that part names, components and groups. */
export const personName = (text: string) => longString(text.replace(/[\^=]/g, ' ')).trim();

/** A number for VR DS, in at most 16 characters. */
export function decimalString(value: number): string {
  for (let digits = 15; ; digits--) {
    const text = String(Number(value.toPrecision(digits)));
    if (text.length <= 16) return text;
  }
}

/** The region that is seen, with its side as a modifier (CID 2); nothing where the region has no code. */
export const anatomicRegion = (place: RecordedPlace | null): Dataset =>
  place?.site
    ? {
        AnatomicRegionSequence: coded(place.site).map((region) => ({
          ...region,
          ...(place.laterality && { AnatomicRegionModifierSequence: coded(place.laterality) }),
        })),
      }
    : {};

/** An instance that is referred to. */
export interface Instance {
  seriesUid: string;
  classUid: string;
  uid: string;
}

export const referenced = ({ classUid, uid }: Instance): Dataset => ({
  ReferencedSOPClassUID: classUid,
  ReferencedSOPInstanceUID: uid,
});
