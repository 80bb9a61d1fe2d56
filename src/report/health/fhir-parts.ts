import type { Annotation, CodeableConcept, Quantity, Reference } from 'fhir/r4';
import { type Code, ownSchemeOid } from './codes';
import type { RecordedPlace } from './record';

/** Small parts of FHIR resources. */

const systems: Readonly<Record<Code['scheme'], string>> = {
  SCT: 'http://snomed.info/sct',
  DCM: 'http://dicom.nema.org/resources/ontology/DCM',
  LN: 'http://loinc.org',
  '99LENTIGO': `urn:oid:${ownSchemeOid}`,
};

/** A code of HL7's own, by the name of its code system. */
export const hl7 = (system: string, code: string, text?: string): CodeableConcept => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
  ...(text && { text }),
});

/** A code with its words; words alone where there is no code. */
export function concept(code: Code | null, text?: string): CodeableConcept {
  return {
    ...(code && { coding: [{ system: systems[code.scheme], code: code.value, display: code.meaning }] }),
    ...(text && { text }),
  };
}

/** A quantity with its unit in UCUM; `unit` is how people write it. */
export const quantity = (value: number, code: string, unit = code): Quantity => ({
  value,
  unit,
  system: 'http://unitsofmeasure.org',
  code,
});

/** A number without a unit. */
export const ratio = (value: number): Quantity => quantity(value, '1');

/** Why a value is not there, as FHIR's "unknown" with the reason in words. */
export const absent = (text: string): CodeableConcept => hl7('data-absent-reason', 'unknown', text);

export const reference = (id: string): Reference => ({ reference: `urn:uuid:${id}` });

/**
 * Where the lesion is. A concept of R4 has no room for a side of its own: it stands in the words, and as a code in
 * the BodyStructure that HL7's extension "bodySite" refers to.
 */
export const bodySite = ({ site, text }: RecordedPlace, bodyStructure: string | null): CodeableConcept => ({
  ...concept(site, text),
  ...(bodyStructure && {
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/bodySite',
        valueReference: reference(bodyStructure),
      },
    ],
  }),
});

export const notes = (sentences: readonly string[]): Annotation[] => sentences.map((text) => ({ text }));

/**
 * A resource whose texts have plain spaces alone: a string of FHIR takes no other ("[ \r\n\t\S]+"), such as the
 * no-break space of a date or a wide one in a name.
 */
export function withPlainSpaces<Part>(part: Part): Part {
  if (typeof part === 'string') return part.replace(/[^\S \r\n\t]/g, ' ') as Part;
  if (Array.isArray(part)) return part.map((each) => withPlainSpaces(each)) as Part;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, withPlainSpaces(value)]),
  ) as Part;
}
