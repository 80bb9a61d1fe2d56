import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Analysis } from '../../../core/analysis';
import { type Failure, failure, type Result, success } from '../../../core/failure';
import { guide, type LesionPlace } from '../../../core/quality/guidance';
import type { Domain } from '../../../core/quality/limits';
import type { Pixels } from '../../../core/raster';

/** A frame of the camera, and its number among all that the camera has shown. */
export interface VideoFrame {
  pixels: Pixels;
  number: number;
}

/** What was found in a frame. */
export interface LiveAnswer {
  analysis: Analysis;
  /** Where the spot is that was looked at. */
  spot: LesionPlace;
}

interface LiveState {
  running: boolean;
  /** The newest answer; null before the first, and where the newest frame got none. */
  analysis: Analysis | null;
  /** The spot of the newest answer. */
  spot: LesionPlace | null;
  /** Why the newest frame got no answer: the input gate turned it away, or the engine failed. */
  failure: Failure | null;
  /** Answers a second over the last ones; null before the second. */
  framesPerSecond: number | null;
  /** From frame to answer, of the newest; null before the first. */
  milliseconds: number | null;
  /** Frames that got an answer, and frames that came while another was at work, and were dropped. */
  answered: number;
  dropped: number;
}

/** Asks about one frame after the other, always the newest: nothing queues. */
export interface Live {
  store: StoreApi<LiveState>;
  /** `grab` waits for the camera's next frame, or for the signal; null while there is none. */
  start(
    grab: (signal: AbortSignal) => Promise<VideoFrame | null>,
    analyse: (frame: VideoFrame, signal: AbortSignal) => Promise<Result<LiveAnswer>>,
  ): void;
  /** Ends it and forgets what was seen. */
  stop(): void;
}

/** Answers that the frame rate is taken over. */
const window = 10;
/** Milliseconds before the camera or the engine is tried again after it gave nothing. */
const pause = 500;

/**
 * The spot of a frame that is fit to be answered for: a model would call bare skin something, too. By all that the
 * viewfinder of the self-check asks for, so a small spot, or one at the edge, gets no numbers either.
 */
export function spotIn(pixels: Pixels, domain: Domain): Result<LesionPlace> {
  const { hint, lesion } = guide(pixels, domain);
  if (hint === null && lesion) return success(lesion);
  switch (hint) {
    case 'size':
    case 'dark':
    case 'overexposed':
    case 'flat':
    case 'blur':
    case 'skin':
      return failure(`photo-${hint}`);
    default:
      return failure('photo-spot');
  }
}

const nothing: LiveState = {
  running: false,
  analysis: null,
  spot: null,
  failure: null,
  framesPerSecond: null,
  milliseconds: null,
  answered: 0,
  dropped: 0,
};

export function createLive(): Live {
  const store = createStore<LiveState>(() => nothing);
  let current = new AbortController();

  async function run(
    grab: Parameters<Live['start']>[0],
    analyse: Parameters<Live['start']>[1],
    signal: AbortSignal,
  ): Promise<void> {
    const times: number[] = [];
    let last: number | null = null;
    while (!signal.aborted) {
      const frame = await grab(signal);
      if (signal.aborted) return;
      if (frame === null) {
        // The rate over a gap would be that of the gap.
        times.length = 0;
        last = null;
        // An answer for a picture that is gone is none.
        store.setState({ analysis: null, spot: null, failure: null, framesPerSecond: null });
        await rest();
        continue;
      }
      const start = performance.now();
      const result = await analyse(frame, signal);
      if (signal.aborted) return;
      const end = performance.now();
      times.push(end);
      if (times.length > window) times.shift();
      // A camera that was lost and came back counts again.
      const missed: number = last !== null && frame.number > last ? frame.number - last - 1 : 0;
      last = frame.number;
      store.setState(({ answered, dropped }) => ({
        analysis: result.ok ? result.value.analysis : null,
        spot: result.ok ? result.value.spot : null,
        failure: result.ok ? null : result.failure,
        framesPerSecond: rate(times),
        milliseconds: end - start,
        answered: answered + 1,
        dropped: dropped + missed,
      }));
      if (!result.ok && !result.failure.code.startsWith('photo-')) await rest();
    }
  }

  function stop(): void {
    current.abort();
    store.setState(nothing);
  }

  return {
    store,
    start(grab, analyse) {
      stop();
      current = new AbortController();
      store.setState({ running: true });
      void run(grab, analyse, current.signal);
    },
    stop,
  };
}

function rate(times: readonly number[]): number | null {
  const [first] = times;
  const last = times.at(-1);
  return first === undefined || last === undefined || last <= first
    ? null
    : (1000 * (times.length - 1)) / (last - first);
}

const rest = () => new Promise((resolve) => setTimeout(resolve, pause));
