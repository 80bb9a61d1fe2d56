import { siteKey } from '../../../core/patient/body-sites';
import type { Records } from '../../../records/record';
import { settledAnswerOf } from '../../../runtime/run';
import { type BatchPhoto, type KnownLesion, type LesionProposal, proposeLesions } from './lesion-proposal';
import type { PatientContextState } from './patient-context';
import { type BatchTarget, type CaseEntryInput, type CaseTarget, patientCalled } from './save-to-case';
import type { WorkbenchPhoto } from './workbench-photo';

/** What a person is about to save: photos by patient and lesion, as proposed and then corrected. */
export interface BatchDraft {
  patients: readonly DraftPatient[];
}

export interface DraftPatient {
  /** A patient in the records; null for a new one, called `alias`. */
  id: string | null;
  alias: string;
  lesions: readonly DraftLesion[];
}

export interface DraftLesion extends Pick<LesionProposal, 'photoIds' | 'by' | 'distance' | 'side'> {
  /** Lesions of one patient with the same label are one lesion, also with one that is in the records. */
  label: string;
  site: string | null;
}

/** What a lesion of a place is called; without one, just "Lesion". */
export type NameLesion = (of: Pick<LesionProposal, 'site' | 'side'>) => string;

type Kept = Pick<Records, 'patients' | 'lesions' | 'entries'>;

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
    aliasIn(photo, records) ?? (aliases.length === 1 ? aliases[0] : undefined) ?? '';
  const all = new Map<string, BatchPhoto[]>();
  for (const photo of photos) all.set(whose(photo), [...(all.get(whose(photo)) ?? []), photo]);
  return {
    patients: [...all].map(([alias, own]) => {
      const meant = own.flatMap(({ origin }) => patientMeant(origin.lesionId, records) ?? [])[0];
      const known = meant ?? patientCalled(alias, records.patients);
      return patientDraft(own, { id: known?.id ?? null, alias }, records, name);
    }),
  };
}

/** What the patient is called whom a photo says, by the lesion that it was brought for or by its names. */
const aliasIn = ({ origin }: BatchPhoto, records: Kept) =>
  patientMeant(origin.lesionId, records)?.alias || origin.patient;

const aliasesIn = (photos: readonly BatchPhoto[], records: Kept) => [
  ...new Set(photos.flatMap((photo) => aliasIn(photo, records) ?? [])),
];

/** Whose lesion a photo was brought for. */
function patientMeant(lesionId: string | null, { lesions, patients }: Kept) {
  const lesion = lesionId === null ? undefined : lesions.find(({ id }) => id === lesionId);
  return patients.find(({ id }) => id === lesion?.patientId);
}

/** The lesions proposed for photos of this patient. */
export function patientDraft(
  photos: readonly BatchPhoto[],
  { id, alias }: Pick<DraftPatient, 'id' | 'alias'>,
  records: Kept,
  name: NameLesion,
): DraftPatient {
  const known = id === null ? [] : knownLesions(records, id);
  const proposals = proposeLesions(photos, known);
  const taken = new Set(known.map(({ label }) => label));
  return {
    id,
    alias,
    lesions: proposals.map(({ photoIds, by, distance, site, side, known }) => ({
      photoIds,
      by,
      distance,
      site,
      side,
      label: known?.label ?? free(name({ site, side }), taken),
    })),
  };
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
  const first = patientDraft(before, stays, records, name);
  const next = patientDraft(after, { id: known?.id ?? null, alias: called }, records, name);
  return { patients: patients.toSpliced(index, 1, first, next) };
}

const aliasOf = ({ id, alias }: Pick<DraftPatient, 'id' | 'alias'>, { patients }: Kept) =>
  patients.find((patient) => patient.id === id)?.alias ?? alias;

/** A patient's lesions in the records with their answers, the newest first. */
export function knownLesions({ lesions, entries }: Kept, patientId: string): KnownLesion[] {
  const own = lesions.filter((lesion) => lesion.patientId === patientId && lesion.label !== '');
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
  const single = lesion.photoIds.map((id) => ({
    photoIds: [id],
    by: null,
    distance: null,
    site: lesion.site,
    side: lesion.side,
    label: free(lesion.label, taken),
  }));
  return { ...patient, lesions: patient.lesions.toSpliced(index, 1, ...single) };
}

export function relabelled(patient: DraftPatient, index: number, label: string): DraftPatient {
  const lesion = patient.lesions[index];
  return lesion ? { ...patient, lesions: patient.lesions.with(index, { ...lesion, label }) } : patient;
}

/** How many lesions would be saved: rows of one label are one. */
export const lesionCount = ({ patients }: BatchDraft): number =>
  patients.reduce((sum, { lesions }) => sum + new Set(lesions.map(({ label }) => label.trim())).size, 0);

/** What still has to be given before it can be saved; null where nothing has. */
export function missingIn({ patients }: BatchDraft): 'alias' | 'label' | null {
  if (patients.some(({ id, alias }) => id === null && alias.trim() === '')) return 'alias';
  return patients.some(({ lesions }) => lesions.some(({ label }) => label.trim() === '')) ? 'label' : null;
}

/**
 * The draft as it is saved. `inputOf`: a photo with all that goes into the case with it; the site is the one
 * proposed.
 */
export function targetsOf(
  { patients }: BatchDraft,
  records: Kept,
  inputOf: (photoId: string, site: string | null) => CaseEntryInput,
): (BatchTarget & { photoIds: readonly string[] })[] {
  return patients.flatMap(({ id, alias, lesions }) => {
    const patient: CaseTarget['patient'] = id === null ? { alias: alias.trim() } : { id };
    const known = id === null ? [] : knownLesions(records, id);
    const byLabel = new Map<string, DraftLesion[]>();
    for (const lesion of lesions) {
      const label = lesion.label.trim();
      byLabel.set(label, [...(byLabel.get(label) ?? []), lesion]);
    }
    return [...byLabel].map(([label, rows]) => {
      const there = known.find((lesion) => lesion.label === label);
      return {
        patient,
        lesion: there
          ? { id: there.id }
          : { label, side: rows.find(({ side }) => side !== null)?.side ?? null },
        photoIds: rows.flatMap(({ photoIds }) => photoIds),
        inputs: rows.flatMap(({ photoIds, site }) => photoIds.map((photoId) => inputOf(photoId, site))),
      };
    });
  });
}
