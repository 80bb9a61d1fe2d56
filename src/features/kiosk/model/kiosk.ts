import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Card } from '../../../core/card/card';
import type { Engine } from '../../../engine/engine';
import type { RequestCount } from '../../../engine/requests';
import type { Machine } from '../../../runtime/machine';
import { createLive, type Live } from './live';
import { neededModels, offeredModels } from './models';
import { createRecovery, type Recovery } from './recovery';
import { createRequestWatch, type RequestWatch } from './request-watch';
import { findSamples } from './samples';
import { type KioskSettings, keepSettings, type ReadSettings, readSettings } from './settings';
import { createShow, type Show } from './show';
import { createVisit, type Keep, type Visit } from './visit';

/** A kiosk: what it is set to, who is there, what is on show. Each part is a store of plain data. */
export interface Kiosk {
  settings: StoreApi<ReadSettings>;
  visit: Visit;
  show: Show;
  live: Live;
  recovery: Recovery;
  requests: RequestWatch;
  /** Opens the doors; gives the function that closes them and lets go of everything. */
  start(): () => void;
  /** Takes new settings over, keeps them on this machine and opens anew. False where the browser keeps nothing. */
  save(settings: KioskSettings): boolean;
}

export interface KioskSurroundings {
  engine: Engine;
  machine: Machine;
  keep: Keep;
  /** What stands behind the "?" of the address. */
  query: URLSearchParams;
  /** Address of the page. */
  page: string;
  fetch: (url: string) => Promise<Response>;
  /** Draws the made-up sample of a seed. */
  draw: (seed: number) => Promise<Blob>;
  /** Counts the page's requests. */
  pageRequests: () => RequestCount;
  /** Told when a visitor's things must go, for whatever else holds some. */
  onForget?: () => void;
}

const settingsKey = 'lentigo.kiosk';
/** Milliseconds between two looks at the requests. */
const checkEvery = 5000;

export function createKiosk(surroundings: KioskSurroundings): Kiosk {
  const { engine, machine, keep, query, page, fetch, draw, onForget } = surroundings;
  const settings = createStore<ReadSettings>(() => readSettings(keep.read(settingsKey), query));
  const recovery = createRecovery(engine, machine);
  const show = createShow(machine, recovery);
  const live = createLive();
  const requests = createRequestWatch(surroundings.pageRequests, engine);
  const visit = createVisit({
    settings: () => settings.getState().settings,
    keep,
    onForget: () => {
      live.stop();
      show.forget();
      onForget?.();
    },
  });

  async function open(cards: readonly Card[]): Promise<void> {
    const { samples, models } = settings.getState().settings;
    const offered = offeredModels(cards, models);
    const find = () => findSamples(samples, page, { fetch, draw });
    // All that visitors can choose is loaded before the doors open, so that nothing is fetched after.
    for (const { id } of neededModels(cards, offered)) await machine.load(id);
    await show.open(find, offered[0] ?? null);
    if (show.store.getState().open) await requests.open();
  }

  function openWhenThere(): () => void {
    let cards = machine.store.getState().cards;
    const look = () => cards.state === 'here' && void open(cards.value);
    look();
    return machine.store.subscribe((state) => {
      if (state.cards === cards) return;
      cards = state.cards;
      look();
    });
  }

  return {
    settings,
    visit,
    show,
    live,
    recovery,
    requests,
    start() {
      const stopWaiting = openWhenThere();
      const stopClock = visit.start();
      const checks = setInterval(() => void requests.check(), checkEvery);
      return () => {
        clearInterval(checks);
        stopClock();
        stopWaiting();
        live.stop();
        show.close();
      };
    },
    save(next) {
      const kept = keep.write(settingsKey, keepSettings(next));
      settings.setState({ settings: next });
      const { cards } = machine.store.getState();
      if (cards.state === 'here') void open(cards.value);
      return kept;
    },
  };
}
