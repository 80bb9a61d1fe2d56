import type { Text } from '../../../core/card/card';
import { decidedFor } from '../../../core/decision/threshold';
import { isSite, siteKey } from '../../../core/patient/body-sites';
import type { ReportCase } from '../../../report/content';
import type { Exportable } from '../../../report/may-leave';
import { answerOf } from '../../../runtime/run';
import type { Runtime } from '../../../runtime/runtime';
import { otherLesions, unaskedLesions } from './lesion-verdicts';
import type { PatientContextState } from './patient-context';
import { notesOf } from './reopened-photo';
import type { Mark } from './triage-row';
import type { WorkbenchPhoto } from './workbench-photo';
import type { Workbench } from './workbench-state';

export interface ExportSources {
  runtime: Pick<Runtime, 'card'>;
  workbench: Pick<Workbench, 'store' | 'imageOf'>;
  state: PatientContextState;
  marks: readonly Mark[];
  /** A card's text in the reader's language. */
  read: (text: Text) => string;
}

/** What can leave of a photo by a package: nothing before there is an answer. */
export function exportableOf(
  photo: WorkbenchPhoto,
  packageId: string,
  { runtime, workbench, state, marks, read }: ExportSources,
): Exportable[] {
  // While a newer answer is on its way, or where none came, the one before leaves: a flag must not be missing.
  const analysis = answerOf(photo.runs[packageId]);
  const card = runtime.card(packageId);
  if (!analysis || !card) return [];
  const { metadata, impressions } = state;
  const known = metadata[photo.id]?.values ?? {};
  const impression = impressions[photo.id];
  const { age, sex } = known;
  const site = known[siteKey];
  const label = card.classes.find(({ id }) => id === impression?.label);
  const about: ReportCase = {
    alias: photo.saved?.patient ?? null,
    lesion: photo.saved?.lesion ?? null,
    side: photo.saved?.side ?? null,
    age: typeof age === 'number' ? age : null,
    sex: sex === 'female' || sex === 'male' || sex === 'other' ? sex : null,
    site: typeof site === 'string' && isSite(site) ? site : null,
    impression: impression
      ? { label: label ? read(label.name) : impression.label, beforeAnswer: impression.beforeAnswer }
      : null,
    histology: null,
    notes: '',
  };
  const { sensitivity } = workbench.store.getState();
  const named = about.alias ?? about.lesion;
  const anything = named || about.age !== null || about.sex || about.site || about.impression;
  return [
    {
      photoName: photo.name,
      image: async () => workbench.imageOf(photo.id),
      // As it was decided on the screen, at the sensitivity that the user wants.
      analysis: decidedFor(card, analysis, sensitivity),
      card,
      // A photo may have a flagged lesion beside the one that is looked at.
      otherLesions: otherLesions(photo, card, sensitivity),
      unaskedLesions: unaskedLesions(photo, card),
      scale: photo.scale,
      case: anything ? about : null,
      notes: notesOf(photo, state, marks),
      fileMetadata: [...(metadata[photo.id]?.fromFile ?? []), ...sideOfFile(photo)],
    },
  ];
}

/** The side of a case that is the one that the DICOM file said counts as said by it. */
const sideOfFile = ({ saved, origin: { side, fromFile } }: WorkbenchPhoto) =>
  side !== null && saved?.side === side && fromFile?.includes('side') ? ['side'] : [];
