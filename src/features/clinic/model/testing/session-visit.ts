import { expect, vi } from 'vitest';
import { createSession, type SessionOptions } from '../session/session';
import { createSessionArchive } from '../session/session-archive';
import { createTriage } from '../triage';
import { openWorkbench } from './open-workbench';

/** The time of every visit that names no other. */
export const day = '2026-03-04T05:06:07.000Z';
/** So many milliseconds after it. */
export const later = (ms: number): Date => new Date(Date.parse(day) + ms);

/** A page of the clinic, opened on what is kept. It has ended once nothing of it is used any more. */
export async function visit(options: Partial<SessionOptions> = {}) {
  const page = openWorkbench();
  const archive = createSessionArchive();
  const triage = createTriage(page.workbench);
  const session = createSession({
    workbench: page.workbench,
    patientContext: page.patientContext,
    triage,
    archive: async () => archive,
    now: () => new Date(day),
    ...options,
  });
  await session.start();
  return {
    ...page,
    triage,
    archive,
    session,
    offer: () => session.store.getState().offer,
    photos: () => page.workbench.store.getState().photos,
    /** So many photos are kept, and nothing is left to write. */
    kept: (count: number) =>
      vi.waitFor(async () => {
        expect(session.store.getState().keeping.kept).toBe(count);
        const stored = await archive.sessions();
        expect(stored.flatMap(({ photoIds }) => photoIds)).toHaveLength(count);
      }),
  };
}
