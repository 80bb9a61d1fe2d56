import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Analysis } from '../../../core/analysis';
import type { ClassProbability } from '../../../core/decision/probability';
import { siteKey } from '../../../core/patient/body-sites';
import type { MetadataValues } from '../../../core/patient/metadata';
import type { DicomMetadata } from '../../../engine/input/dicom-metadata';

/** What is known of the patient in a photo. */
export interface PatientMetadata {
  /**
   * By the id of a card's field, whichever card asks for it; the site under `siteKey`. What is absent is
   * unknown.
   */
  values: Readonly<Record<string, string | number>>;
  /** The ids of those that a DICOM file gave and nobody changed. */
  fromFile: readonly string[];
  /** The ids of those that the name of the file or of its folder gave and nobody changed; without it, none. */
  fromName?: readonly string[] | undefined;
}

/** What the clinician thinks of the spot. */
export interface Impression {
  /** A class id, or own words. */
  label: string;
  /** ISO 8601, UTC. */
  recordedAt: string;
  /** Written down while the answer was still hidden. */
  beforeAnswer: boolean;
}

export interface PatientContextState {
  /** By photo id. */
  metadata: Readonly<Record<string, PatientMetadata>>;
  impressions: Readonly<Record<string, Impression>>;
  /** The answers before the last change of facts: photo id, package id. */
  before: Readonly<Record<string, Readonly<Record<string, readonly ClassProbability[]>>>>;
  /** The clinician wants to write down an own impression before any answer is shown. */
  impressionFirst: boolean;
  /** Photos whose answer was shown without one. */
  passed: readonly string[];
}

/**
 * What the clinician notes beside the photos on the workbench. Plain data. It outlives the page for a time
 * (`session/session.ts`), and for good where it is put in a case.
 */
export interface PatientContext {
  store: StoreApi<PatientContextState>;
  /** Sets values (null: unknown), as the user gives them. */
  setMetadata(photoIds: readonly string[], values: MetadataValues): void;
  /** Takes over what a DICOM file said, where the user has said nothing. */
  readFromFile(photoId: string, metadata: Pick<DicomMetadata, 'age' | 'sex' | 'site'>): void;
  /** Takes over the place that the name of the file or of its folder says, where nothing is known of it. */
  readFromName(photoId: string, site: string | null): void;
  /** Notes the answers that a change of metadata is about to replace. */
  remember(photoId: string, runs: Readonly<Record<string, Analysis>>): void;
  note(photoId: string, impression: Impression | null): void;
  setImpressionFirst(ask: boolean): void;
  /**
   * The photo's answer was shown without an impression: it is not hidden again, for what was seen cannot be
   * unseen.
   */
  pass(photoId: string): void;
  /** Notes that were kept of an earlier session. */
  restore(photoId: string, kept: KeptNotes): void;
  /** What is known of the patient in a photo, for an analysis of it. */
  valuesOf(photoId: string): MetadataValues;
}

/** What is noted beside one photo. */
export interface KeptNotes {
  metadata: PatientMetadata | null;
  impression: Impression | null;
  passed: boolean;
}

/** Whether a photo's answer is still kept from the clinician, who wants to judge first. */
export const answerWaits = (
  { impressionFirst, impressions, passed }: PatientContextState,
  photoId: string,
): boolean => impressionFirst && !impressions[photoId] && !passed.includes(photoId);

export const nothingKnown: PatientMetadata = { values: {}, fromFile: [] };

export function createPatientContext(): PatientContext {
  const store = createStore<PatientContextState>(() => ({
    metadata: {},
    impressions: {},
    before: {},
    impressionFirst: false,
    passed: [],
  }));
  const metadataOf = (photoId: string) => store.getState().metadata[photoId] ?? nothingKnown;
  const setPhotoMetadata = (photoId: string, metadata: PatientMetadata) =>
    store.setState((state) => ({ metadata: { ...state.metadata, [photoId]: metadata } }));

  return {
    store,
    setMetadata(photoIds, values) {
      for (const photoId of photoIds) {
        const { values: old, fromFile, fromName } = metadataOf(photoId);
        const stays = (id: string) => !(id in values) || values[id] === old[id];
        setPhotoMetadata(photoId, {
          values: known({ ...old, ...values }),
          fromFile: fromFile.filter(stays),
          ...(fromName && { fromName: fromName.filter(stays) }),
        });
      }
    },
    readFromFile(photoId, { age, sex, site }) {
      const { values: old, fromFile, fromName } = metadataOf(photoId);
      // What the file says goes before what its name does.
      const read = Object.entries(known({ age, sex, [siteKey]: site })).filter(
        ([id]) => !(id in old) || fromName?.includes(id),
      );
      if (read.length === 0) return;
      const ids = read.map(([id]) => id);
      setPhotoMetadata(photoId, {
        values: { ...old, ...Object.fromEntries(read) },
        fromFile: [...fromFile, ...ids],
        ...(fromName && { fromName: fromName.filter((id) => !ids.includes(id)) }),
      });
    },
    readFromName(photoId, site) {
      const { values, fromFile, fromName = [] } = metadataOf(photoId);
      if (site === null || siteKey in values) return;
      setPhotoMetadata(photoId, {
        values: { ...values, [siteKey]: site },
        fromFile,
        fromName: [...fromName, siteKey],
      });
    },
    remember(photoId, runs) {
      const answers = Object.entries(runs).map(([id, { probabilities }]) => [id, probabilities] as const);
      store.setState((state) => ({
        before: { ...state.before, [photoId]: { ...state.before[photoId], ...Object.fromEntries(answers) } },
      }));
    },
    note(photoId, impression) {
      store.setState(({ impressions: { [photoId]: _, ...others } }) => ({
        impressions: impression ? { ...others, [photoId]: impression } : others,
      }));
    },
    setImpressionFirst(impressionFirst) {
      store.setState({ impressionFirst });
    },
    pass(photoId) {
      store.setState(({ passed }) => (passed.includes(photoId) ? {} : { passed: [...passed, photoId] }));
    },
    restore(photoId, { metadata, impression, passed }) {
      store.setState((state) => ({
        metadata: metadata ? { ...state.metadata, [photoId]: metadata } : state.metadata,
        impressions: impression ? { ...state.impressions, [photoId]: impression } : state.impressions,
        passed: passed ? [...state.passed, photoId] : state.passed,
      }));
    },
    valuesOf: (photoId) => metadataOf(photoId).values,
  };
}

const known = (values: MetadataValues): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) =>
      value === null || value === undefined || value === '' ? [] : [[id, value] as const],
    ),
  );
