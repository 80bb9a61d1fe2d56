import { useEffect, useState } from 'react';
import {
  advanceTimer,
  type Guidance,
  guide,
  type StableFrameTimer,
  timerProgress,
} from '../../core/quality/guidance';
import type { Domain } from '../../core/quality/limits';
import type { Camera } from './use-camera';

/** Six looks a second: quick enough to follow a hand, and a phone stays cool. */
const interval = 160;
const frameSide = 448;

export interface LiveGuidance {
  /** Null before the first frame. */
  guidance: Guidance | null;
  /** How full the ring is, 0 to 1. */
  filled: number;
}

const nothing: LiveGuidance = { guidance: null, filled: 0 };

/** Looks at the camera's frames while it is on. */
export function useGuidance(camera: Camera, domain: Domain, paused: boolean): LiveGuidance {
  const [live, setLive] = useState<LiveGuidance>(nothing);
  const { frame, current } = camera;
  const on = current.state === 'on' && !paused;
  useEffect(() => {
    if (!on) return setLive(nothing);
    let stable: StableFrameTimer | null = null;
    // One after the other: a slow phone looks less often, and nothing piles up.
    let timer = setTimeout(look, interval);
    function look() {
      const pixels = frame(frameSide);
      if (pixels) {
        const guidance = guide(pixels, domain);
        stable = advanceTimer(stable, guidance.hint === null, performance.now());
        setLive({ guidance, filled: timerProgress(stable) });
      }
      timer = setTimeout(look, interval);
    }
    return () => clearTimeout(timer);
  }, [on, domain, frame]);
  return live;
}
