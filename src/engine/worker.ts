import { expose } from 'comlink';
import { startWasm } from './backend/wasm';
import { startWebgpu } from './backend/webgpu';
import { decodePhoto } from './input/decode';
import { countRequests } from './requests';
import { EngineService } from './service';

expose(
  new EngineService({
    source: { fetch: (input, init) => fetch(input, init), caches: globalThis.caches ?? null },
    starters: { webgpu: startWebgpu, wasm: startWasm },
    hasWebgpu: Boolean(navigator.gpu),
    decode: decodePhoto,
    requests: countRequests(location.origin),
  }),
);
