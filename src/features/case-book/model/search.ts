import { flaggedAmong } from '../../../core/report/other-lesions';
import type { AnalysisEntry, Patient, RecordLesion, RecordPhoto, Records } from '../../../records/record';
import { isFlagged, shownDecision } from './shown-decision';
import { shownEntry } from './shown-entry';

/** A lesion with what belongs to it: what a list of cases shows. */
export interface Case {
  lesion: RecordLesion;
  patient: Patient | null;
  /** Newest first. */
  photos: RecordPhoto[];
  /** Newest first. */
  entries: AnalysisEntry[];
}

export interface Query {
  /** Every word must stand somewhere: alias, label, site, notes, tags, impressions, histology, file names. */
  text: string;
  tags: readonly string[];
  /** Only cases whose shown answer is above its threshold (true), below it (false), or all (null). */
  above: boolean | null;
  /** Only cases with (true) or without (false) histology, or all (null). */
  histology: boolean | null;
  packageId: string | null;
  sort: 'newest' | 'oldest' | 'probability' | 'patient' | 'label';
}

export const everything: Query = {
  text: '',
  tags: [],
  above: null,
  histology: null,
  packageId: null,
  sort: 'newest',
};

/** The cases of records that are not deleted. */
export function casesOf(records: Records): Case[] {
  const patients = new Map(records.patients.map((patient) => [patient.id, patient]));
  const photos = newestFirst(records.photos, ({ takenAt }) => takenAt);
  const entries = newestFirst(records.entries, ({ analysis }) => analysis.createdAt);
  const photosOf = groupBy(photos, ({ lesionIds }) => lesionIds);
  const entriesOf = groupBy(entries, ({ lesionId }) => [lesionId]);
  return records.lesions.map((lesion) => ({
    lesion,
    patient: lesion.patientId === null ? null : (patients.get(lesion.patientId) ?? null),
    photos: photosOf.get(lesion.id) ?? [],
    entries: entriesOf.get(lesion.id) ?? [],
  }));
}

export function searchCases(cases: readonly Case[], query: Query): Case[] {
  const words = folded(query.text).split(/\s+/).filter(Boolean);
  return cases
    .filter((lesionCase) => {
      const text = words.length > 0 ? searchTextOf(lesionCase) : '';
      return (
        words.every((word) => text.includes(word)) &&
        query.tags.every((tag) => lesionCase.lesion.tags.includes(tag)) &&
        (query.above === null || decisionOf(lesionCase)?.above === query.above) &&
        (query.histology === null || (lesionCase.lesion.histology !== null) === query.histology) &&
        (query.packageId === null ||
          lesionCase.entries.some(({ analysis }) => analysis.provenance.packageId === query.packageId))
      );
    })
    .sort(orders[query.sort]);
}

/** Every tag in use with how many cases carry it, most used first. */
export function tagsInUse(cases: readonly Case[]): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const tag of cases.flatMap(({ lesion }) => lesion.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
}

/** The time of a case: its newest photo, or else when it was made. */
const timeOf = ({ lesion, photos }: Case) => photos[0]?.takenAt ?? lesion.createdAt;

/** Times are ISO 8601 in UTC, whose order is that of their characters. */
const later = (a: string, b: string) => (a < b ? 1 : a > b ? -1 : 0);
const newest = (a: Case, b: Case) => later(timeOf(a), timeOf(b));
/** One for all: a new one for each comparison takes seconds over thousands of cases. */
const collator = new Intl.Collator(undefined, { numeric: true });
/** Ties fall to the newest; what has no probability or no patient stands last. */
const orders: Record<Query['sort'], (a: Case, b: Case) => number> = {
  newest,
  oldest: (a, b) => newest(b, a),
  probability: (a, b) => probabilityOf(b) - probabilityOf(a) || newest(a, b),
  patient: (a, b) => collator.compare(aliasOf(a), aliasOf(b)) || newest(a, b),
  label: (a, b) => collator.compare(a.lesion.label, b.lesion.label) || newest(a, b),
};

const decisionOf = (lesionCase: Case) => {
  const shown = shownEntry(lesionCase);
  if (!shown) return null;
  const own = shownDecision(shown.analysis);
  const flagged = flaggedAmong(shown.otherLesions ?? []);
  return {
    /** Whether the case's answer flags it or another lesion of its photo; null without a decision. */
    above: isFlagged(shown) || (own?.above ?? null),
    /** The largest sum of malignant classes that flags it or another lesion of its photo, or else its own. */
    probability: Math.max(own?.probability ?? -1, ...flagged.map(({ flag }) => flag?.probability ?? -1)),
  };
};
const probabilityOf = (lesionCase: Case) => decisionOf(lesionCase)?.probability ?? -1;
const aliasOf = ({ patient }: Case) => patient?.alias ?? '\uffff';

/** By case. A case whose records changed is another object, so a letter of a search prepares no text twice. */
const searchTexts = new WeakMap<Case, string>();

function searchTextOf(lesionCase: Case): string {
  const known = searchTexts.get(lesionCase);
  if (known !== undefined) return known;
  const text = folded(textOf(lesionCase));
  searchTexts.set(lesionCase, text);
  return text;
}

function textOf({ lesion, patient, photos }: Case): string {
  return [
    patient?.alias,
    patient?.notes,
    lesion.label,
    lesion.site,
    lesion.notes,
    ...lesion.tags,
    ...lesion.impressions.map(({ label }) => label),
    lesion.histology?.label,
    lesion.histology?.notes,
    ...photos.map(({ name }) => name),
  ].join('\n');
}

/** Lower case and without accents; NFC puts Korean syllables together again, whatever way they were typed. */
const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase();

const newestFirst = <T>(records: readonly T[], time: (record: T) => string) =>
  [...records].sort((a, b) => later(time(a), time(b)));

function groupBy<T>(records: readonly T[], keys: (record: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const record of records) {
    for (const key of keys(record)) {
      const group = groups.get(key);
      if (group) group.push(record);
      else groups.set(key, [record]);
    }
  }
  return groups;
}
