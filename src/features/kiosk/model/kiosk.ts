import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Card } from '../../../core/card/card';
import type { Engine } from '../../../engine/engine';
import type { RequestCount } from '../../../engine/requests';
import type { Runtime } from '../../../runtime/runtime';
import { allSamples, createDemoGallery, type DemoGallery } from './demo-gallery';
import { createLive, type Live } from './live';
import { neededModels, offeredModels } from './models';
import { createRecovery, type Recovery } from './recovery';
import { createRequestWatch, type RequestWatch } from './request-watch';
import { createRound, type Round, resultOf, siteOf } from './round';
import { findSamples } from './samples';
import { type KioskSettings, type ReadSettings, readSettings, withPin, writeSettings } from './settings';
import { createVisitLog, dayOfSite, lookOf, type VisitLog } from './visit-log';
import { createVisitorSession, type KeyValueStore, type VisitorSession } from './visitor-session';

/** A kiosk: what it is set to, who is there, what is on show. Each part is a store of plain data. */
export interface Kiosk {
  settings: StoreApi<ReadSettings>;
  session: VisitorSession;
  gallery: DemoGallery;
  round: Round;
  /** What the visitor can take away. */
  visit: VisitLog;
  live: Live;
  recovery: Recovery;
  requests: RequestWatch;
  /** Opens the doors; gives the function that closes them and frees everything. */
  start(): () => void;
  /**
   * Takes new settings over, keeps them on this machine and opens again. False where the browser keeps
   * nothing.
   */
  save(settings: KioskSettings): boolean;
}

export interface KioskDependencies {
  engine: Engine;
  runtime: Runtime;
  storage: KeyValueStore;
  /** What stands behind the "?" of the address. */
  query: URLSearchParams;
  /** Address of the page. */
  page: string;
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Counts the page's requests. */
  pageRequests: () => RequestCount;
  /** Told when a visitor's things must go, for whatever else holds some. */
  onForget?: () => void;
}

const settingsKey = 'lentigo.kiosk';
/** Milliseconds between two looks at the requests. */
const checkEvery = 5000;

export function createKiosk(dependencies: KioskDependencies): Kiosk {
  const { engine, runtime, storage, query, page, fetch, onForget } = dependencies;
  const kept = storage.read(settingsKey);
  const read = readSettings(kept, query);
  if (read.fixed.includes('pin') && read.settings.pin)
    storage.write(settingsKey, withPin(kept, read.settings.pin));
  const settings = createStore<ReadSettings>(() => read);
  const recovery = createRecovery({ engine, runtime });
  const gallery = createDemoGallery(recovery);
  const round = createRound({ gallery, card: (id) => runtime.card(id), random: Math.random });
  const live = createLive();
  const visit = createVisitLog();
  const requests = createRequestWatch(dependencies.pageRequests, engine);
  const session = createVisitorSession({
    settings: () => settings.getState().settings,
    storage,
    firstScreen: () => (round.ready() ? 'round' : 'choose'),
    onForget: () => {
      live.stop();
      round.forget();
      gallery.forget();
      visit.forget();
      onForget?.();
    },
  });

  async function open(cards: readonly Card[]): Promise<void> {
    const { samples, models } = settings.getState().settings;
    const offered = offeredModels(cards, models, samples);
    const find = () => findSamples(samples, page, fetch);
    // All that visitors can choose is loaded before the doors open, so that nothing is fetched after.
    for (const { id } of neededModels(cards, offered)) await runtime.load(id);
    round.forget();
    await gallery.open(find, offered[0] ?? null);
    if (gallery.store.getState().open) await requests.open();
  }

  /** Notes each answer that the visitor gets. */
  function noteAnswers(): () => void {
    return gallery.store.subscribe((state, before) => {
      const { demoRun } = state;
      if (demoRun?.run.state !== 'done' || demoRun.run === before.demoRun?.run) return;
      const card = runtime.card(demoRun.packageId);
      const at = allSamples(state).findIndex(({ id }) => id === demoRun.sampleId);
      const sample = demoRun.sampleId === null ? null : at + 1;
      if (card) visit.noteLook(lookOf(card, demoRun.run.analysis, sample, demoRun.synthetic));
    });
  }

  /** Notes the score of each round that is played to its end. */
  function noteScores(): () => void {
    return round.store.subscribe((state) => {
      const result = resultOf(state);
      if (!result) return;
      const { photos, you } = result;
      // Without a result for any photo a machine has no score.
      const machine = photos.some((photo) => photo.machine !== null) ? result.machine : null;
      const site = dayOfSite(siteOf(photos));
      const drawn = photos.some((photo) => photo.drawn);
      visit.noteRound({ you, machine, of: photos.length, drawn, ...(site && { site }) });
    });
  }

  function openWhenThere(): () => void {
    let cards = runtime.store.getState().cards;
    const look = () => cards.state === 'ready' && void open(cards.value);
    look();
    return runtime.store.subscribe((state) => {
      if (state.cards === cards) return;
      cards = state.cards;
      look();
    });
  }

  return {
    settings,
    session,
    gallery,
    round,
    visit,
    live,
    recovery,
    requests,
    start() {
      const stopWaiting = openWhenThere();
      const stopClock = session.start();
      const stopNoting = [noteAnswers(), noteScores()];
      const checks = setInterval(() => void requests.check(), checkEvery);
      return () => {
        clearInterval(checks);
        stopClock();
        for (const stop of stopNoting) stop();
        stopWaiting();
        live.stop();
        gallery.close();
      };
    },
    save(next) {
      const saved = storage.write(settingsKey, writeSettings(next));
      settings.setState({ settings: next });
      const { cards } = runtime.store.getState();
      if (cards.state === 'ready') void open(cards.value);
      return saved;
    },
  };
}
