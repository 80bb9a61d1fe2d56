import { expose } from 'comlink';
import { startWasm } from './backend/wasm';
import { findGpu, startWebgpu } from './backend/webgpu';
import { decodePhoto } from './input/decode';
import { countRequests } from './requests';
import { EngineService } from './service';

expose(
  new EngineService({
    source: { fetch: (input, init) => fetch(input, init), caches: globalThis.caches ?? null },
    backendFactories: { webgpu: startWebgpu, wasm: startWasm },
    gpu: findGpu,
    decode: decodePhoto,
    requests: countRequests(location.origin),
  }),
);
