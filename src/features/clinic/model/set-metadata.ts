import { metadataForCard } from '../../../core/patient/body-sites';
import type { MetadataValues } from '../../../core/patient/metadata';
import { answerOf } from '../../../runtime/run';
import type { Runtime } from '../../../runtime/runtime';
import type { PatientContext } from './patient-context';
import type { Workbench } from './workbench-state';

/**
 * Sets what is known of the patient in these photos, and runs again the packages whose card asks for what has
 * changed. Resolves when those runs have ended.
 */
export async function setMetadataAndRerun(
  {
    patientContext,
    workbench,
    runtime,
  }: {
    patientContext: PatientContext;
    workbench: Workbench;
    runtime: Pick<Runtime, 'card'>;
  },
  photoIds: readonly string[],
  values: MetadataValues,
): Promise<void> {
  const used = (photoId: string, packageId: string) => {
    const schema = runtime.card(packageId)?.metadata;
    return schema ? JSON.stringify(metadataForCard(schema, patientContext.valuesOf(photoId))) : null;
  };
  const before = workbench.store
    .getState()
    .photos.filter(({ id }) => photoIds.includes(id))
    .flatMap(({ id, runs }) =>
      Object.entries(runs).map(([packageId, run]) => ({ id, packageId, run, used: used(id, packageId) })),
    );
  patientContext.setMetadata(photoIds, values);
  const changed = before.filter((old) => used(old.id, old.packageId) !== old.used);
  for (const { id, packageId, run } of changed) {
    const answer = answerOf(run);
    if (answer) patientContext.remember(id, { [packageId]: answer });
  }
  await Promise.all(changed.map(({ id, packageId }) => workbench.analyse(id, packageId)));
}
