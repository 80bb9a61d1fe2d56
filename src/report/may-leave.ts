import type { Analysis } from '../core/analysis';
import type { Card } from '../core/card/card';
import { isSiteField, siteKey } from '../core/patient/body-sites';
import { withoutIdentity } from '../core/patient/photo-origin';
import type { AnalysisNotes } from '../core/report/notes-schema';
import type { OtherLesion, UnaskedLesions } from '../core/report/other-lesions';
import type { ReportCase } from './content';

/** One answer with all that an export of it may need. */
export interface Exportable {
  photoName: string;
  image: () => Promise<Blob | null>;
  analysis: Analysis;
  /** The analysis with its maps and outline, where those are kept apart. */
  whole?: () => Promise<Analysis>;
  card: Card;
  /** What the same package said of the other lesions in the photo, the one to worry most about first. */
  otherLesions?: readonly OtherLesion[] | undefined;
  /** Lesions that were found in the photo and have no answer. */
  unaskedLesions?: readonly UnaskedLesions[] | undefined;
  /** Millimetres a pixel. */
  scale: number | null;
  case: ReportCase | null;
  /** What was drawn and noted beside the answer, to go on with; without it, nothing of it leaves. */
  notes?: AnalysisNotes;
  /** Ids of the facts that a DICOM file gave, the site under `siteKey`, the case's side as "side". */
  fileMetadata: readonly string[];
}

/**
 * What may leave: without what a DICOM file said, and without whom a folder says that the photo is of, unless that is
 * asked for. `withNames`: what patient and lesion are called in the case that it is saved in.
 */
export function cleared(given: Exportable, withFileMetadata: boolean, withNames = true): Exportable {
  const whole = withNames ? given : withoutNames(given);
  if (withFileMetadata) return whole;
  const { notes } = whole;
  const exportable = notes?.origin
    ? { ...whole, notes: { ...unlinked(notes), origin: withoutIdentity(notes.origin) } }
    : whole;
  if (exportable.fileMetadata.length === 0) return exportable;
  const hidden = (id: string) => exportable.fileMetadata.includes(id);
  const { fromFile: _, ...noted } = exportable.notes ?? {};
  return {
    ...exportable,
    analysis: withoutMetadata(exportable.analysis, exportable.card, exportable.fileMetadata),
    ...(exportable.notes && {
      notes: {
        ...(noted as AnalysisNotes),
        metadata: Object.fromEntries(Object.entries(exportable.notes.metadata).filter(([id]) => !hidden(id))),
      },
    }),
    case: exportable.case && {
      ...exportable.case,
      age: hidden('age') ? null : exportable.case.age,
      sex: hidden('sex') ? null : exportable.case.sex,
      site: hidden('site') ? null : exportable.case.site,
      side: hidden('site') || hidden('side') ? null : (exportable.case.side ?? null),
      place: hidden('site') || hidden('side') ? null : (exportable.case.place ?? null),
    },
  };
}

function withoutNames(exportable: Exportable): Exportable {
  const { case: about, notes } = exportable;
  const unnamed = { ...exportable, case: about && { ...about, alias: null, lesion: null } };
  if (!notes?.origin) return unnamed;
  const { patient } = notes.origin;
  // A case is often called what the file or folder says.
  const origin = { ...notes.origin, lesionId: null, patient: patient === about?.alias ? null : patient };
  return { ...unnamed, notes: { ...unlinked(notes), origin } };
}

/** Without the record that it is kept in. */
const unlinked = ({ photoId: _, ...notes }: AnalysisNotes): AnalysisNotes => notes;

/**
 * An analysis without the facts that a DICOM file gave: for whatever leaves the program without them. The
 * network was told them all the same, so a run of what is left does not reproduce.
 */
export function withoutMetadata(analysis: Analysis, card: Card, ids: readonly string[]): Analysis {
  const { modelMetadata } = analysis;
  const fields = (card.metadata?.fields ?? [])
    .map(({ id }) => id)
    .filter((id) => ids.includes(id) || (ids.includes(siteKey) && isSiteId(card, id)));
  const hidden = fields.filter((id) => modelMetadata && id in modelMetadata.used);
  if (!modelMetadata || hidden.length === 0) return analysis;
  return {
    ...analysis,
    modelMetadata: {
      used: Object.fromEntries(Object.entries(modelMetadata.used).filter(([id]) => !hidden.includes(id))),
      missing: [...modelMetadata.missing, ...hidden],
    },
    // Each row says what the answer would be were one fact another: the missing value is the one that was
    // true.
    whatIf: analysis.whatIf?.filter(({ field }) => !hidden.includes(field)) ?? null,
  };
}

function isSiteId(card: Card, id: string): boolean {
  const field = card.metadata?.fields.find((field) => field.id === id);
  return field !== undefined && isSiteField(field);
}
