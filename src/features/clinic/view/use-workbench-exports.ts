import { decidedFor } from '../../../core/decision/threshold';
import { isSite, siteKey } from '../../../core/patient/body-sites';
import type { ReportCase } from '../../../report/content';
import type { Exportable } from '../../../report/may-leave';
import type { Runtime } from '../../../runtime/runtime';
import { useLanguage, useServices } from '../../../ui/context';
import { answerWaits, type PatientContextState } from '../model/patient-context';
import { notesOf } from '../model/reopened-photo';
import type { Mark } from '../model/triage-row';
import type { WorkbenchPhoto } from '../model/workbench-photo';
import type { Workbench } from '../model/workbench-state';
import { useClinicServices } from './context';

/**
 * What can leave of the photos on the workbench: every answer that is there now and waits for no own
 * impression. Call what it returns when something is to leave.
 */
export function useWorkbenchExports(): (photoId?: string, packageId?: string) => Exportable[] {
  const { workbench, patientContext, triage } = useClinicServices();
  const { runtime } = useServices();
  const { read } = useLanguage();
  return (photoId, packageId) =>
    workbench.store
      .getState()
      .photos.filter(({ id }) => photoId === undefined || id === photoId)
      .filter(({ id }) => !answerWaits(patientContext.store.getState(), id))
      .flatMap((photo) =>
        Object.keys(photo.runs)
          .filter((id) => packageId === undefined || id === packageId)
          .flatMap((id) =>
            exportableOf(photo, id, {
              runtime,
              workbench,
              state: patientContext.store.getState(),
              marks: triage.store.getState().marks[photo.id] ?? [],
              read,
            }),
          ),
      );
}

interface Sources {
  runtime: Runtime;
  workbench: Workbench;
  state: PatientContextState;
  marks: readonly Mark[];
  read: ReturnType<typeof useLanguage>['read'];
}

function exportableOf(
  photo: WorkbenchPhoto,
  packageId: string,
  { runtime, workbench, state, marks, read }: Sources,
): Exportable[] {
  const run = photo.runs[packageId];
  const card = runtime.card(packageId);
  if (run?.state !== 'done' || !card) return [];
  const { metadata, impressions } = state;
  const known = metadata[photo.id]?.values ?? {};
  const impression = impressions[photo.id];
  const { age, sex } = known;
  const site = known[siteKey];
  const label = card.classes.find(({ id }) => id === impression?.label);
  const about: ReportCase = {
    alias: null,
    lesion: null,
    age: typeof age === 'number' ? age : null,
    sex: sex === 'female' || sex === 'male' || sex === 'other' ? sex : null,
    site: typeof site === 'string' && isSite(site) ? site : null,
    impression: impression
      ? { label: label ? read(label.name) : impression.label, beforeAnswer: impression.beforeAnswer }
      : null,
    histology: null,
    notes: '',
  };
  const anything = about.age !== null || about.sex || about.site || about.impression;
  return [
    {
      photoName: photo.name,
      image: async () => workbench.imageOf(photo.id),
      // As it was decided on the screen, at the sensitivity that the user wants.
      analysis: decidedFor(card, run.analysis, workbench.store.getState().sensitivity),
      card,
      scale: photo.scale,
      case: anything ? about : null,
      notes: notesOf(photo, state, marks),
      fileMetadata: metadata[photo.id]?.fromFile ?? [],
    },
  ];
}
