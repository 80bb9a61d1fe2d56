import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KioskSettings } from './settings';

/** Where the kiosk is. The last three are the host's. */
export type Place = 'loop' | 'choose' | 'inside' | 'camera' | 'pin' | 'settings' | 'preflight';

export interface VisitState {
  place: Place;
  /** The language that the visitor chose; null leaves it to the host's setting. */
  language: 'en' | 'ko' | null;
  /** The package that the visitor chose; null leaves it to the host's setting. */
  packageId: string | null;
  /** Seconds until everything is forgotten, once they are few; else null. */
  secondsLeft: number | null;
  /** Counts the steps of the loop, one every few seconds. */
  beat: number;
  /** How often everything was forgotten since the kiosk was opened. */
  rounds: number;
  /** Visitors since a day (ISO 8601), as a number and nothing else. */
  visitors: { count: number; since: string };
  /** Wrong PINs since the last right one, and the time (milliseconds since 1970) until which no other is heard. */
  lock: { wrong: number; until: number | null };
}

/** What is kept on this machine, by name. Writing may fail where the browser keeps nothing. */
export interface Keep {
  read(name: string): string | null;
  write(name: string, value: string): boolean;
}

/** One visitor after the other: where they are, when they have left, and who may set what. */
export interface Visit {
  store: StoreApi<VisitState>;
  /** Starts the clock; gives the function that stops it. */
  start(): () => void;
  /** A finger or a key: somebody is there. */
  touched(): void;
  /** From the loop into the kiosk; counts a visitor. */
  begin(): void;
  go(place: 'choose' | 'inside' | 'camera'): void;
  choose(wish: { language?: 'en' | 'ko'; packageId?: string }): void;
  /** To the host's settings, past the PIN where there is one. */
  askForHost(): void;
  /** Whether the PIN was right. After three wrong ones none is heard for half a minute. */
  enterPin(pin: string): boolean;
  /** Between the host's pages; nowhere unless the host is in. */
  goAsHost(place: 'settings' | 'preflight'): void;
  recount(): void;
  /** Back to the loop, with everything forgotten. */
  forget(): void;
}

/** Seconds that a stage of the loop is shown. */
const beatSeconds = 4;
/** The host reads longer than a visitor; a keypad that nobody uses goes soon. */
const hostTimeout = 180;
const pinTimeout = 30;
const wrongPins = 3;
const lockSeconds = 30;
const visitorsKey = 'lentigo.kiosk.visitors';

export function createVisit({
  settings,
  keep,
  onForget,
}: {
  /** As they are now: the host may change them. */
  settings: () => Pick<KioskSettings, 'timeout' | 'pin'>;
  keep: Keep;
  /** Told when everything that belongs to a visitor must go. */
  onForget: () => void;
}): Visit {
  const store = createStore<VisitState>(() => ({
    place: 'loop',
    language: null,
    packageId: null,
    secondsLeft: null,
    beat: 0,
    rounds: 0,
    visitors: readVisitors(keep.read(visitorsKey)),
    lock: { wrong: 0, until: null },
  }));
  let touchedAt = Date.now();
  let hostIsIn = false;
  let ticks = 0;

  const touched = () => {
    touchedAt = Date.now();
    if (store.getState().secondsLeft !== null) store.setState({ secondsLeft: null });
  };
  const enter = (place: Place) => {
    touched();
    store.setState({ place });
  };
  const setVisitors = (visitors: VisitState['visitors']) => {
    keep.write(visitorsKey, JSON.stringify(visitors));
    store.setState({ visitors });
  };

  function forget(): void {
    hostIsIn = false;
    onForget();
    store.setState(({ rounds }) => ({
      place: 'loop',
      language: null,
      packageId: null,
      secondsLeft: null,
      beat: 0,
      rounds: rounds + 1,
    }));
  }

  function begin(): void {
    const { place, visitors } = store.getState();
    if (place !== 'loop') return;
    setVisitors({ ...visitors, count: visitors.count + 1 });
    enter('choose');
  }

  /** By the clock on the wall: a machine that slept through the time-out forgets as soon as it wakes. */
  function tick(): void {
    ticks += 1;
    const { place, secondsLeft } = store.getState();
    if (place === 'loop') {
      if (ticks % beatSeconds === 0) store.setState(({ beat }) => ({ beat: beat + 1 }));
      return;
    }
    const patience = patienceAt(place, settings().timeout);
    // A clock that was set back must not keep a visitor's picture for an hour.
    touchedAt = Math.min(touchedAt, Date.now());
    const left = Math.ceil(patience - (Date.now() - touchedAt) / 1000);
    if (left <= 0) forget();
    else {
      const shown = left <= Math.min(10, patience / 2) ? left : null;
      if (shown !== secondsLeft) store.setState({ secondsLeft: shown });
    }
  }

  return {
    store,
    start() {
      touchedAt = Date.now();
      const timer = setInterval(tick, 1000);
      return () => clearInterval(timer);
    },
    touched,
    begin,
    go: enter,
    choose({ language, packageId }) {
      // Whoever chooses has come in: what is chosen in the loop would never be forgotten.
      begin();
      touched();
      store.setState({ ...(language && { language }), ...(packageId && { packageId }) });
    },
    askForHost() {
      if (settings().pin === '') {
        hostIsIn = true;
        enter('settings');
      } else enter('pin');
    },
    enterPin(pin) {
      touched();
      const { lock } = store.getState();
      if (lock.until !== null && Date.now() < lock.until) return false;
      if (pin !== settings().pin) {
        const wrong = lock.wrong + 1;
        const until = wrong % wrongPins === 0 ? Date.now() + 1000 * lockSeconds : null;
        store.setState({ lock: { wrong, until } });
        return false;
      }
      store.setState({ lock: { wrong: 0, until: null } });
      hostIsIn = true;
      enter('settings');
      return true;
    },
    goAsHost(place) {
      if (hostIsIn) enter(place);
    },
    recount() {
      if (hostIsIn) setVisitors({ count: 0, since: today() });
    },
    forget,
  };
}

function patienceAt(place: Place, timeout: number): number {
  if (place === 'settings' || place === 'preflight') return Math.max(timeout, hostTimeout);
  if (place === 'pin') return Math.min(timeout, pinTimeout);
  return timeout;
}

function readVisitors(kept: string | null): VisitState['visitors'] {
  try {
    const { count, since } = JSON.parse(kept ?? '') as Partial<VisitState['visitors']>;
    if (Number.isInteger(count) && Number(count) >= 0 && typeof since === 'string')
      return { count: Number(count), since };
  } catch {
    // Nothing kept, or nothing that we wrote.
  }
  return { count: 0, since: today() };
}

const today = () => new Date().toISOString().slice(0, 10);
