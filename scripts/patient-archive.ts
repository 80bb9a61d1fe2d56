import { createHash } from 'node:crypto';
import type { Analysis } from '../src/core/analysis';
import type { LesionPlace } from '../src/core/patient/body-areas';
import { exportArchive } from '../src/records/archive';
import type { CaseDatabase } from '../src/records/database';
import {
  blankLesion,
  blankPatient,
  freshRecord,
  type RecordLesion,
  type Records,
  splitAnalysis,
} from '../src/records/record';

/** An archive of one patient with many lesions, as the case book imports it, for tests and screenshots. */

export interface ArchivedLesion extends Partial<Omit<LesionPlace, 'site'>> {
  label: string;
  site?: string;
  /** The bytes of its photos with their days, such as "2026-01-12". */
  photos: readonly { bytes: Uint8Array; type: string; day: string }[];
  /** The answer for each photo; null keeps none. */
  analysis: Analysis | null;
  changes?: Partial<RecordLesion>;
}

export interface ArchivedPatient {
  alias: string;
  nextVisit: string | null;
  lesions: readonly ArchivedLesion[];
}

export async function patientArchive({ alias, nextVisit, lesions }: ArchivedPatient): Promise<Buffer> {
  const patient = {
    ...blankPatient(freshRecord()),
    alias,
    nextVisit,
    birthYear: 1974,
    sex: 'female' as const,
  };
  const records: Records = { patients: [patient], lesions: [], photos: [], entries: [] };
  const images = new Map<string, Blob>();
  for (const [index, { label, site = null, side = null, spot = null, ...lesion }] of lesions.entries()) {
    // A second apart, so that their numbers are those of the list.
    const base = freshRecord(new Date(Date.UTC(2026, 0, 1, 0, 0, index)));
    const place = { site, side, spot };
    records.lesions.push({ ...blankLesion(base), patientId: patient.id, label, ...place, ...lesion.changes });
    for (const { bytes, type, day } of lesion.photos) {
      const photo = freshRecord();
      images.set(photo.id, new Blob([new Uint8Array(bytes)], { type }));
      records.photos.push({
        ...photo,
        lesionIds: [base.id],
        name: `${label} ${day}`,
        takenAt: `${day}T12:00:00.000Z`,
        width: 600,
        height: 450,
        type,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        scale: null,
        source: 'file',
        dicom: null,
      });
      if (!lesion.analysis) continue;
      const entry = freshRecord();
      const { analysis } = splitAnalysis(entry.id, lesion.analysis);
      records.entries.push({ ...entry, photoId: photo.id, lesionId: base.id, analysis });
    }
  }
  const database: Pick<CaseDatabase, 'read' | 'image' | 'rasters'> = {
    read: async () => ({ records, unreadable: [] }),
    image: async (id) => images.get(id) ?? null,
    rasters: async () => null,
  };
  const made = await exportArchive(database as CaseDatabase, {
    manifest: {
      appVersion: '0.0.0',
      exportedAt: new Date().toISOString(),
      disclaimer: { en: 'Drawn for a test.', ko: '시험용입니다.' },
    },
    withDicomMetadata: false,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  return Buffer.from(await made.value.arrayBuffer());
}

/** A unit vector of 32 numbers near the first axis, or, where it is to stand apart, near the second. */
export function drawnEmbedding(index: number, apart = false): number[] {
  const values = Array.from({ length: 32 }, (_, at) => 0.18 * Math.sin(12.9898 * (index + 1) * (at + 1)));
  values[apart ? 1 : 0] = (values[apart ? 1 : 0] ?? 0) + 1;
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}
