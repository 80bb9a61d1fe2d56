import { createStore, type StoreApi } from 'zustand/vanilla';
import { mostFlagging } from '../../../../core/decision/threshold';
import type { Failure } from '../../../../core/failure';
import { storageFailure } from '../../../../records/storage-failure';
import type { PatientContext } from '../patient-context';
import type { Triage } from '../triage';
import type { Workbench } from '../workbench-state';
import type { KeptSession } from './kept-schema';
import type { SessionArchive } from './session-archive';
import { createSessionWriter, type Keeping, maxSessionBytes } from './session-writer';

/** How long a session is kept after its last change, in milliseconds: 24 hours. */
export const sessionPeriodMs = 24 * 3600 * 1000;

/** What earlier visits left, all together. */
export interface SessionOffer {
  sessionIds: readonly string[];
  photos: number;
  /** Of the last change. ISO 8601, UTC. */
  savedAt: string;
  /** When the first of it is forgotten. ISO 8601, UTC. */
  endsAt: string;
}

export interface SessionState {
  offer: SessionOffer | null;
  keeping: Keeping;
}

/**
 * The queue of the clinic, with corrections, facts, marks and answers, as this browser keeps it beyond a reload or a
 * closed page. Answers come back as of then (`Run.reopened`). Nothing is uploaded.
 */
export interface Session {
  store: StoreApi<SessionState>;
  /** Begins to keep the queue, deletes what is over, and looks for what earlier visits left. */
  start(): Promise<void>;
  /** Puts what is offered back into the queue. Says why it could not; the offer stays then. */
  resume(): Promise<Failure | null>;
  /** Deletes what is offered. Says why it could not. */
  forget(): Promise<Failure | null>;
  /** Deletes what every earlier visit left, offered or not: for a page that strangers use. */
  forgetEarlier(): Promise<Failure | null>;
}

export interface SessionOptions {
  workbench: Workbench;
  patientContext: PatientContext;
  triage: Pick<Triage, 'store' | 'restore'>;
  archive: () => Promise<SessionArchive>;
  /** Tells an open tab's session from one that was left; without it, all others count as left. */
  locks?: Pick<LockManager, 'request' | 'query'> | undefined;
  now?: () => Date;
  maxBytes?: number;
}

const lockOf = (sessionId: string) => `lentigo-session-${sessionId}`;

export function createSession({
  workbench,
  patientContext,
  triage,
  archive,
  locks,
  now = () => new Date(),
  maxBytes = maxSessionBytes,
}: SessionOptions): Session {
  // Not randomUUID: over plain http there is none, and the page must come up to say what it needs.
  const id = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');
  const store = createStore<SessionState>(() => ({
    offer: null,
    keeping: { kept: 0, leftOut: 0, problem: null },
  }));
  let holds = false;
  const waitedFor = new Set<string>();
  const writer = createSessionWriter({
    id,
    workbench,
    patientContext,
    triage,
    archive,
    now,
    maxBytes,
    onKeeping: (keeping) => store.setState({ keeping }),
    onFirst: hold,
  });

  /** As long as the page is open, no other tab takes its session. The browser releases it when the page ends. */
  function hold(): void {
    if (holds) return;
    holds = true;
    void locks?.request(lockOf(id), () => new Promise(() => {})).catch(() => {});
  }

  /** A clock that jumped counts as over: what is kept too long does more harm than what is lost. */
  const isOver = ({ savedAt }: KeptSession) =>
    Math.abs(now().getTime() - Date.parse(savedAt)) > sessionPeriodMs;

  /** A session of another tab is offered here once that tab is closed. A page that is reloaded looks again. */
  function lookWhenLeft(sessionId: string): void {
    if (waitedFor.has(sessionId)) return;
    waitedFor.add(sessionId);
    const left = locks?.request(lockOf(sessionId), () => waitedFor.delete(sessionId));
    void left?.then(look).catch(() => {});
  }

  async function look(): Promise<void> {
    const kept = await archive();
    const others = (await kept.sessions()).filter((session) => session.id !== id);
    const { held = [] } = (await locks?.query()) ?? {};
    const isOpen = (session: KeptSession) => held.some(({ name }) => name === lockOf(session.id));
    const left = others.filter((session) => !isOpen(session));
    const over = left.filter((session) => isOver(session) || session.photoIds.length === 0);
    if (over.length > 0) await kept.remove(over.map((session) => session.id));
    for (const session of others.filter(isOpen)) lookWhenLeft(session.id);
    store.setState({ offer: offerOf(left.filter((session) => !over.includes(session))) });
  }

  /** Runs what needs the archive; the failure where the browser refuses. */
  async function attempt(run: (archive: SessionArchive) => Promise<void>): Promise<Failure | null> {
    try {
      await run(await archive());
      return null;
    } catch (error) {
      return storageFailure(error).failure;
    }
  }

  return {
    store,
    async start() {
      const write = () => void writer.write();
      workbench.store.subscribe(write);
      patientContext.store.subscribe(write);
      triage.store.subscribe(({ marks }, before) => {
        if (marks !== before.marks) write();
      });
      // A browser that keeps nothing says so with the first photo; a visit without photos need not know.
      await look().catch(() => {});
    },
    resume: () =>
      attempt(async (kept) => {
        const { offer } = store.getState();
        if (!offer) return;
        hold();
        const [newest] = (await kept.sessions())
          .filter((session) => offer.sessionIds.includes(session.id))
          .sort((a, b) => b.savedAt.localeCompare(a.savedAt));
        await writer.inTurn(async () => {
          const photos = await kept.adopt(offer.sessionIds, writer.session());
          store.setState({ offer: null });
          if (photos.length === 0) return;
          const before = workbench.store.getState();
          const wasEmpty = before.photos.length === 0;
          const known = photos.find(({ photo }) => photo.id === newest?.selectedId) ?? photos[0];
          for (const { photo } of photos) patientContext.restore(photo.id, photo);
          triage.restore(Object.fromEntries(photos.map(({ photo }) => [photo.id, photo.marks ?? []])));
          if (newest?.impressionFirst) patientContext.setImpressionFirst(true);
          writer.take(photos);
          workbench.restore(photos, wasEmpty ? (known?.photo.id ?? null) : before.selectedId);
          if (wasEmpty && newest?.packageId) workbench.choosePackage(newest.packageId);
          // Beside photos of this visit, what flags the most: none of either loses its flag.
          const asked = wasEmpty ? [] : [before.sensitivity];
          if (newest) workbench.setSensitivity(mostFlagging([...asked, newest.sensitivity]));
        });
      }),
    forgetEarlier: () =>
      attempt(async (kept) => {
        await look();
        const { offer } = store.getState();
        if (offer) await kept.remove(offer.sessionIds);
        store.setState({ offer: null });
      }),
    forget: () =>
      attempt(async (kept) => {
        const { offer } = store.getState();
        if (offer) await kept.remove(offer.sessionIds);
        store.setState({ offer: null });
      }),
  };
}

function offerOf(sessions: readonly KeptSession[]): SessionOffer | null {
  const times = sessions.map(({ savedAt }) => savedAt).sort();
  const [first] = times;
  const last = times.at(-1);
  if (!first || !last) return null;
  return {
    sessionIds: sessions.map(({ id }) => id),
    photos: sessions.reduce((sum, { photoIds }) => sum + photoIds.length, 0),
    savedAt: last,
    endsAt: new Date(Date.parse(first) + sessionPeriodMs).toISOString(),
  };
}
