import type { ReactElement } from 'react';
import { createThumbnails } from '../../../../engine/input/thumbnails';
import { fakeServices, renderPart } from '../../../../ui/testing/render';
import { createPatientContext } from '../../model/patient-context';
import { createSession } from '../../model/session/session';
import { createTriage } from '../../model/triage';
import { createWorkbench } from '../../model/workbench';
import { ClinicContext } from '../context';

/** Draws a part of the clinic, on a workbench without photos. */
export function renderClinic(part: ReactElement, services = fakeServices()) {
  const patientContext = createPatientContext();
  const { engine, runtime, open } = services;
  const workbench = createWorkbench({ engine, runtime }, { open, patientContext });
  const triage = createTriage(workbench);
  const thumbnails = createThumbnails(() => new Promise(() => {}));
  // Nothing is kept: a test says so where it wants it otherwise.
  const session = createSession({ workbench, patientContext, triage, archive: () => new Promise(() => {}) });
  const value = { workbench, patientContext, triage, thumbnails, session };
  const within = (part: ReactElement) => <ClinicContext value={value}>{part}</ClinicContext>;
  const drawn = renderPart(within(part), services);
  const redraw = (part: ReactElement) => drawn.rerender(within(part));
  return { ...drawn, redraw, workbench, patientContext, triage, session };
}
