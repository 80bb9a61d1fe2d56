import { siteKey } from '../../../core/patient/body-sites';
import type { Records } from '../../../records/record';
import { settledAnswerOf } from '../../../runtime/run';
import { type BatchPhoto, type KnownLesion, type LesionProposal, proposeLesions } from './lesion-proposal';
import type { PatientContextState } from './patient-context';
import { patientCalled } from './save-to-case';
import type { WorkbenchPhoto } from './workbench-photo';

/** What a person is about to save: photos by patient and lesion, as proposed and then corrected. */
export interface BatchDraft {
  patients: readonly DraftPatient[];
}

export interface DraftPatient {
  /** A patient in the records; null for a new one, called `alias`. */
  id: string | null;
  alias: string;
  /** Nobody: the photos go to lesions that the records have without a patient. */
  isNobody?: boolean;
  lesions: readonly DraftLesion[];
}

export type Whose = Pick<DraftPatient, 'id' | 'alias' | 'isNobody'>;

export interface DraftLesion extends Pick<LesionProposal, 'photoIds' | 'by' | 'distance' | 'side'> {
  /** Lesions of one patient with the same label are one lesion, also with one that is in the records. */
  label: string;
  site: string | null;
  /** The lesion in the records that is proposed; null for a new one. Labels need not tell two of them apart. */
  lesionId: string | null;
  /** What a person corrected, and no new proposal takes back: which photos go together, or also the label. */
  corrected?: 'photos' | 'label';
}

/** What a lesion of a place is called; without one, just "Lesion". */
export type NameLesion = (of: Pick<LesionProposal, 'site' | 'side'>) => string;

export type Kept = Pick<Records, 'patients' | 'lesions' | 'entries'>;

/**
 * What is known of photos that are about to be saved, as `packageId` sees them. One that was saved before is meant
 * for the same lesion again; a lesion that is not in the records is none.
 */
export function batchPhotos(
  photos: readonly WorkbenchPhoto[],
  { metadata }: Pick<PatientContextState, 'metadata'>,
  { lesions }: Kept,
  packageId: string | null,
): BatchPhoto[] {
  return photos.map(({ id, origin, saved, runs }) => {
    const noted = metadata[id]?.values[siteKey];
    const meant = [saved?.lesionId, origin.lesionId].find((wanted) =>
      lesions.some(({ id }) => id === wanted),
    );
    return {
      id,
      origin: { ...origin, lesionId: meant ?? null },
      site: metadata[id] ? (noted?.toString() ?? null) : origin.site,
      analysis: packageId === null ? null : settledAnswerOf(runs[packageId]),
    };
  });
}

/**
 * Proposes whose photos these are and which of them show one lesion. Photos that say no patient go to the one
 * whom the others say, or, of several, to one without a name that has to be given.
 */
export function draftOf(photos: readonly BatchPhoto[], records: Kept, name: NameLesion): BatchDraft {
  const aliases = aliasesIn(photos, records);
  const whose = (photo: BatchPhoto) =>
    isOfNobody(photo, records)
      ? null
      : (aliasIn(photo, records) ?? (aliases.length === 1 ? aliases[0] : undefined) ?? '');
  const all = new Map<string | null, BatchPhoto[]>();
  for (const photo of photos) all.set(whose(photo), [...(all.get(whose(photo)) ?? []), photo]);
  return {
    patients: [...all].map(([alias, own]) => {
      if (alias === null) return patientDraft(own, nobody, records, name);
      const meant = own.flatMap(({ origin }) => patientMeant(origin.lesionId, records) ?? [])[0];
      const known = meant ?? patientCalled(alias, records.patients);
      return patientDraft(own, { id: known?.id ?? null, alias }, records, name);
    }),
  };
}

const nobody: Whose = { id: null, alias: '', isNobody: true };

/** Whether a photo is meant for a lesion that the records have without a patient. */
const isOfNobody = ({ origin }: BatchPhoto, { lesions }: Pick<Kept, 'lesions'>) =>
  lesions.some(({ id, patientId }) => id === origin.lesionId && patientId === null);

/** What the patient is called whom a photo says, by the lesion that it was brought for or by its names. */
const aliasIn = ({ origin }: BatchPhoto, records: Kept) =>
  patientMeant(origin.lesionId, records)?.alias || origin.patient;

const aliasesIn = (photos: readonly BatchPhoto[], records: Kept) => [
  ...new Set(
    photos.filter((photo) => !isOfNobody(photo, records)).flatMap((photo) => aliasIn(photo, records) ?? []),
  ),
];

/** Whose lesion a photo was brought for. */
function patientMeant(lesionId: string | null, { lesions, patients }: Kept) {
  const lesion = lesionId === null ? undefined : lesions.find(({ id }) => id === lesionId);
  return patients.find(({ id }) => id === lesion?.patientId);
}

/**
 * The lesions proposed for photos of this patient. `before`: rows of an earlier proposal, of which stays what a person
 * corrected.
 */
export function patientDraft(
  photos: readonly BatchPhoto[],
  whose: Whose,
  records: Kept,
  name: NameLesion,
  before: readonly DraftLesion[] = [],
): DraftPatient {
  const { id, alias, isNobody = false } = whose;
  const meant = photos.flatMap(({ origin }) => origin.lesionId ?? []);
  const known = knownLesions(records, id, meant);
  const corrected = before.flatMap((row) => correctedIn(row, photos, known));
  const settled = new Set(corrected.flatMap(({ photoIds }) => photoIds));
  const proposals = proposeLesions(
    photos.filter((photo) => !settled.has(photo.id)),
    known.filter((lesion) => !corrected.some(({ lesionId }) => lesionId === lesion.id)),
  );
  const taken = new Set([...known, ...corrected].map(({ label }) => label));
  const label = (row: Omit<DraftLesion, 'label'>) => ({ ...row, label: free(name(row), taken) });
  const rows = [
    ...corrected.map((row) => (row.label === '' && row.lesionId === null ? label(row) : row)),
    ...proposals.map(({ known, ...proposal }) =>
      known
        ? { ...proposal, label: known.label, lesionId: known.id }
        : label({ ...proposal, lesionId: null }),
    ),
  ];
  const place = ({ photoIds: [first] }: DraftLesion) => photos.findIndex((photo) => photo.id === first);
  return {
    id,
    alias,
    ...(isNobody && { isNobody }),
    lesions: rows.sort((a, b) => place(a) - place(b)),
  };
}

/** A row that a person corrected, with those of its photos that are among these; its label where it was typed. */
function correctedIn(
  row: DraftLesion,
  photos: readonly BatchPhoto[],
  known: readonly KnownLesion[],
): DraftLesion[] {
  const photoIds = row.photoIds.filter((photoId) => photos.some(({ id }) => id === photoId));
  if (!row.corrected || photoIds.length === 0) return [];
  const lesion = known.find(({ id }) => id === row.lesionId);
  const typed = row.corrected === 'label' ? row.label : '';
  // It was proposed for a lesion of somebody else.
  const why = row.lesionId !== null && !lesion && { by: null, distance: null };
  return [{ ...row, photoIds, lesionId: lesion?.id ?? null, label: lesion?.label ?? typed, ...why }];
}

/**
 * The photos of a patient of the draft from this one on are of another one: cameras put no patient into their names,
 * and take one patient after the other. Each part is of whom its own photos say; else, and where both say the same,
 * the first keeps its patient, and the name of the next is to be given. Lesions are proposed again for both.
 */
export function splitPatient(
  { patients }: BatchDraft,
  index: number,
  fromPhotoId: string,
  photos: readonly BatchPhoto[],
  records: Kept,
  name: NameLesion,
): BatchDraft {
  const patient = patients[index];
  const ids = new Set(patient?.lesions.flatMap(({ photoIds }) => photoIds));
  const own = photos.filter(({ id }) => ids.has(id));
  const at = own.findIndex(({ id }) => id === fromPhotoId);
  if (!patient || at <= 0) return { patients };
  const [before, after] = [own.slice(0, at), own.slice(at)];
  const said = aliasesIn(after, records);
  // A name that only photos of the next part say is that part's.
  const moves = said.includes(patient.alias) && !aliasesIn(before, records).includes(patient.alias);
  const stays = moves ? { id: null, alias: '' } : patient;
  const only = said.length === 1 ? (said[0] ?? '') : '';
  const called = only.trim() === aliasOf(stays, records).trim() ? '' : only;
  const known = patientCalled(called, records.patients);
  const first = patientDraft(before, stays, records, name, patient.lesions);
  const next = patientDraft(after, { id: known?.id ?? null, alias: called }, records, name, patient.lesions);
  return { patients: patients.toSpliced(index, 1, first, next) };
}

const aliasOf = ({ id, alias }: Pick<DraftPatient, 'id' | 'alias'>, { patients }: Kept) =>
  patients.find((patient) => patient.id === id)?.alias ?? alias;

/**
 * A patient's lesions in the records with their answers, the newest first. Among them those of nobody that are meant:
 * with a patient they become that patient's.
 */
export function knownLesions(
  { lesions, entries }: Kept,
  patientId: string | null,
  meant: readonly string[] = [],
): KnownLesion[] {
  const own = lesions.filter((lesion) =>
    lesion.patientId === null ? meant.includes(lesion.id) : lesion.patientId === patientId,
  );
  const newestFirst = [...entries].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return own.map(({ id, label, site }) => ({
    id,
    label,
    site,
    analyses: newestFirst.filter(({ lesionId }) => lesionId === id).map(({ analysis }) => analysis),
  }));
}

/** The label, or the first of "label 2", "label 3" that is free; it is taken then. */
function free(label: string, taken: Set<string>): string {
  let number = 1;
  const numbered = () => (number === 1 ? label : `${label} ${number}`);
  while (taken.has(numbered())) number++;
  taken.add(numbered());
  return numbered();
}

/** Each photo of a proposed lesion as a lesion of its own. */
export function parted(patient: DraftPatient, index: number): DraftPatient {
  const lesion = patient.lesions[index];
  if (!lesion) return patient;
  const taken = new Set(patient.lesions.filter((other) => other !== lesion).map(({ label }) => label));
  const single = lesion.photoIds.map((id, at) => ({
    photoIds: [id],
    by: null,
    distance: null,
    site: lesion.site,
    side: lesion.side,
    // After one without a label the next ones are to be given.
    label: lesion.label === '' ? '' : free(lesion.label, taken),
    // The first stays the lesion that was proposed; the others are new ones.
    lesionId: at === 0 ? lesion.lesionId : null,
    corrected: lesion.corrected ?? ('photos' as const),
  }));
  return { ...patient, lesions: patient.lesions.toSpliced(index, 1, ...single) };
}

export function relabelled(patient: DraftPatient, index: number, label: string): DraftPatient {
  const lesion = patient.lesions[index];
  if (!lesion) return patient;
  const renamed = { ...lesion, label, lesionId: null, corrected: 'label' as const };
  return { ...patient, lesions: patient.lesions.with(index, renamed) };
}
