import type {
  BodyStructure,
  Bundle,
  Device,
  DiagnosticReport,
  FhirResource,
  Media,
  Observation,
  Patient,
} from 'fhir/r4';
import { toBase64 } from '../../core/report/base64';
import { codes, modalityOf } from './codes';
import { type FhirIds, observationsOf } from './fhir-observations';
import { bodySite, concept, hl7, notes, reference, withPlainSpaces } from './fhir-parts';
import { type HealthRecord, type HealthSource, healthRecord, type RecordedPackage } from './record';

/**
 * An answer as a FHIR R4 (4.0.1) Bundle of type "collection": a preliminary DiagnosticReport, its
 * Observations, the packages as Devices, and where they are known and asked for Patient, BodyStructure and
 * the photo as Media. The resources refer to each other by the UUIDs of their entries.
 */
export function fhirBundle(source: HealthSource): Bundle {
  const record = healthRecord(source);
  const patient = source.case && patientOf(source);
  const bodyStructure = patient && bodyStructureOf(source, record, patient);
  const classifier = deviceOf(source, record.classifier, null);
  const members = record.members.map((member) => deviceOf(source, member, classifier));
  const segmenter = record.segmenter && deviceOf(source, record.segmenter, null);
  const media = mediaOf(source, record, { patient: idOf(patient), bodyStructure: idOf(bodyStructure) });
  const ids: FhirIds = {
    patient: idOf(patient),
    classifier: classifier.id ?? '',
    segmenter: idOf(segmenter),
    media: idOf(media),
    bodyStructure: idOf(bodyStructure),
  };
  const observations = observationsOf(source, record, ids);
  const report = reportOf(source, record, ids, observations);
  const all = [report, patient, bodyStructure, ...observations, media, classifier, ...members, segmenter];
  return {
    resourceType: 'Bundle',
    id: source.newId(),
    language: source.language,
    type: 'collection',
    timestamp: source.madeAt,
    entry: all.flatMap((resource) =>
      resource
        ? [{ fullUrl: `urn:uuid:${resource.id}`, resource: withPlainSpaces(resource satisfies FhirResource) }]
        : [],
    ),
  };
}

const idOf = (resource: { id?: string } | null | undefined) => resource?.id ?? null;

function reportOf(
  { analysis, language, health, newId, madeAt }: HealthSource,
  { conclusion }: HealthRecord,
  ids: FhirIds,
  observations: readonly Observation[],
): DiagnosticReport {
  return {
    resourceType: 'DiagnosticReport',
    id: newId(),
    language,
    text: { status: 'generated', div: narrative([health.title, ...conclusion]) },
    status: 'preliminary',
    category: [hl7('v2-0074', 'IMG')],
    code: concept(codes.imagingReport, health.title),
    ...(ids.patient && { subject: reference(ids.patient) }),
    effectiveDateTime: analysis.createdAt,
    issued: madeAt,
    result: observations.map(({ id }) => reference(id ?? '')),
    ...(ids.media && { media: [{ link: reference(ids.media) }] }),
    conclusion: conclusion.join(' '),
  };
}

/** Sentences as the XHTML of a narrative. */
function narrative(sentences: readonly string[]): string {
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const paragraphs = sentences.map((sentence) => `<p>${escaped(sentence)}</p>`);
  return `<div xmlns="http://www.w3.org/1999/xhtml">${paragraphs.join('')}</div>`;
}

function patientOf({ case: noted, named, newId }: HealthSource): Patient {
  return {
    resourceType: 'Patient',
    id: newId(),
    ...(named && noted?.alias && { name: [{ text: noted.alias }] }),
    ...(noted?.sex && { gender: noted.sex }),
  };
}

function bodyStructureOf(
  { case: noted, named, health, newId }: HealthSource,
  { place }: HealthRecord,
  patient: Patient,
) {
  const label = named ? noted?.lesion : null;
  if (place === null && !label) return null;
  return {
    resourceType: 'BodyStructure',
    id: newId(),
    ...(place && { location: concept(place.site, place.text) }),
    ...(place?.side && {
      locationQualifier: [concept(place.laterality, health.side[place.side])],
    }),
    ...(label && { description: label }),
    patient: reference(patient.id ?? ''),
  } satisfies BodyStructure;
}

function mediaOf(
  { photo, analysis, card, words, newId }: HealthSource,
  { place }: HealthRecord,
  { patient, bodyStructure }: Pick<FhirIds, 'patient' | 'bodyStructure'>,
) {
  if (!photo) return null;
  const modality = modalityOf(card);
  return {
    resourceType: 'Media',
    id: newId(),
    status: 'completed',
    type: concept(codes.photograph, words.photo.whole),
    ...(modality && { modality: concept(modality) }),
    ...(patient && { subject: reference(patient) }),
    ...(place && { bodySite: bodySite(place, bodyStructure) }),
    width: analysis.photo.width,
    height: analysis.photo.height,
    content: { contentType: photo.type, data: toBase64(photo.bytes), size: photo.bytes.length },
  } satisfies Media;
}

/** A model package as the device that answered. A member of a panel names the panel as its parent. */
function deviceOf(
  { analysis, health, disclaimer, language, newId }: HealthSource,
  { packageId, packageVersion, packageHash }: RecordedPackage,
  parent: Device | null,
): Device {
  const { appVersion, backend, adapter } = analysis.provenance;
  return {
    resourceType: 'Device',
    id: newId(),
    language,
    identifier: [{ type: concept(null, health.hash), value: packageHash }],
    manufacturer: 'Lentigo',
    deviceName: [
      { name: 'Lentigo', type: 'manufacturer-name' },
      { name: packageId, type: 'model-name' },
    ],
    type: concept(codes.software),
    version: [
      { type: concept(null, health.program), value: appVersion },
      { type: concept(null, health.package), value: packageVersion },
    ],
    property: [
      { type: concept(null, health.computedOn), valueCode: [concept(null, `${backend}, ${adapter}`)] },
    ],
    note: notes([disclaimer[language]]),
    ...(parent?.id && { parent: reference(parent.id) }),
  };
}
