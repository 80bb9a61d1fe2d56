import { expose } from 'comlink';
import { startWasm } from './backend/wasm';
import { findGpu, startWebgpu } from './backend/webgpu';
import { decodePhoto } from './input/decode';
import { FileCache } from './package/file-cache';
import { countRequests } from './requests';
import { EngineService } from './service';

expose(
  new EngineService({
    source: { fetch: (input, init) => fetch(input, init), cache: new FileCache(() => globalThis.caches) },
    backendFactories: { webgpu: startWebgpu, wasm: startWasm },
    gpu: findGpu,
    decode: decodePhoto,
    requests: countRequests(location.origin),
  }),
);
