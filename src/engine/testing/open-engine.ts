import type { Analysis } from '../../core/analysis';
import type { Failure, Result } from '../../core/failure';
import type { Pixels } from '../../core/raster';
import type { BackendFactories } from '../backend/backends';
import type { AnalyseAllRequest, AnalyseRequest, ProvisionalAnswer } from '../engine';
import { EngineError } from '../engine-error';
import type { Photo } from '../exchange';
import { EngineService } from '../service';
import { generator, type TinyPackage } from './build-package';
import { FakeServer } from './fake-server';
import { startCpu } from './golden-package';
import { textOf } from './text-of';
import type { TinyPanel } from './tiny-panel';

/**
 * The engine as the worker runs it, on tfjs's CPU back end, with packages on a server in memory. Its drawn
 * photos are too small and too plain for the gate, which is overruled unless a request says otherwise.
 */
export function openEngine(
  packages: (TinyPackage | TinyPanel)[],
  backendFactories: Partial<BackendFactories> = {},
  onStage: (stage: string, call: string) => void = () => {},
  /** `trial`: it stores nothing; `server`: another engine's, with its cache. */
  { trial, server = new FakeServer(...packages) }: { trial?: boolean; server?: FakeServer } = {},
) {
  /** What happened, in order: the call's number and the stage. */
  const log: string[] = [];
  /** The provisional answers, in order. */
  const provisional: ProvisionalAnswer[] = [];
  const engine = new EngineService({
    source: server.source,
    backendFactories: { webgpu: () => startCpu('webgpu'), wasm: () => startCpu('wasm'), ...backendFactories },
    gpu: async () => ({ kind: backendFactories.webgpu ? 'hardware' : 'no-webgpu' }),
    decode: decodeDrawn,
    requests: () => ({ own: 0, elsewhere: 0 }),
  });
  let lastCall = 0;
  const next = () => ++lastCall;
  engine.open({ models: server.models.href, pinned: null, trial }, (call, { stage, provisional: answer }) => {
    log.push(`${call} ${stage}`);
    if (answer) provisional.push(answer);
    onStage(stage, String(call));
  });
  return {
    engine,
    server,
    log,
    provisional,
    next,
    analyse: (photo: string, request: AnalyseRequest, call = next()) =>
      engine.analyse(call, new Blob([photo]), { overruleGate: true, ...request }),
    analyseAll: (photo: string, request: AnalyseAllRequest, call = next()) =>
      engine.analyseAll(call, new Blob([photo]), { overruleGate: true, ...request }),
  };
}

/**
 * Photos as text: "red green blue", 20 x 10 pixels of it; "grainy", 320 x 240 pixels of skin with grain and a
 * spot, which the gate accepts; "noise" and a seed, 64 x 64 pixels that mean nothing; "spots" and "x y radius" of each, dark discs on skin, 160 x 120 pixels;
 * "square", 32 x 32 pixels of a shade from corner to corner; "broken", which is no photo.
 */
export async function decodeDrawn(photo: Photo): Promise<Pixels> {
  const text = await textOf(photo);
  if (text === 'broken') throw new EngineError('file-unreadable', { file: 'broken.jpg' });
  if (text === 'square') return drawn(32, 32, (x, y) => [8 * x, 8 * y, 4 * (x + y)]);
  if (text.startsWith('noise')) {
    const random = generator(Number(text.split(' ')[1]));
    return drawn(64, 64, () => [0, 1, 2].map(() => 255 * random()));
  }
  if (text === 'grainy') {
    const random = generator(5);
    return drawn(320, 240, (x, y) => {
      const spot = Math.hypot(x - 160, y - 120) < 50 ? 0.4 : 1;
      return [220, 170, 150].map((value) => spot * value + 60 * (random() - 0.5));
    });
  }
  if (!text.startsWith('spots')) {
    const [red = 0, green = 0, blue = 0] = text.split(' ').map(Number);
    return drawn(20, 10, () => [red, green, blue]);
  }
  const numbers = text.split(' ').slice(1).map(Number);
  const discs = Array.from({ length: numbers.length / 3 }, (_, at) => numbers.slice(3 * at, 3 * at + 3));
  const inside = (x: number, y: number) =>
    discs.some(([cx = 0, cy = 0, radius = 0]) => Math.hypot(x + 0.5 - cx, y + 0.5 - cy) < radius);
  return drawn(160, 120, (x, y) => (inside(x, y) ? [70, 40, 30] : [224, 180, 160]));
}

function drawn(width: number, height: number, colour: (x: number, y: number) => number[]): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    data.set([...colour(at % width, Math.floor(at / width)), 255], 4 * at);
  }
  return { width, height, channels: 4, data };
}

export function unwrapped<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  return answer.value;
}

export function failureOf(answer: Result<unknown>): Failure | null {
  return answer.ok ? null : answer.failure;
}

export const logitsOf = ({ probabilities }: Analysis) => probabilities.map(({ logit }) => logit);
