import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { NetworkCard } from '../../../src/core/card/card';
import { describeAdapter } from '../../../src/engine/backend/choice';
import type { Values } from '../../../src/engine/pass';
import type { Opened } from '../rival';

type Ort = typeof import('onnxruntime-web');

/**
 * onnxruntime-web with the same weights, written by `bench/onnx`. On WebGPU with graph capture where it takes
 * the model.
 */
export async function openOrt(card: NetworkCard, backend: 'wasm' | 'webgpu'): Promise<Opened> {
  const ort = await (backend === 'wasm' ? import('onnxruntime-web/wasm') : import('onnxruntime-web/webgpu'));
  ort.env.wasm.wasmPaths = new URL('/ort/', location.href).href;
  const threads = crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  ort.env.wasm.numThreads = threads;
  const bytes = new Uint8Array(await (await fetch(`/onnx/${card.id}.onnx`)).arrayBuffer());
  if (backend === 'wasm') {
    const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
    const adapter = `WASM, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
    return { adapter, note: '', bytes: bytes.length, pass: (inputs) => run(ort, session, inputs) };
  }
  const plain = await ort.InferenceSession.create(bytes, { executionProviders: ['webgpu'] });
  const device = await ort.env.webgpu.device;
  const adapter = describeAdapter(device.adapterInfo);
  const captured = await capture(ort, bytes, device, plain).catch((error) => String(error));
  if (typeof captured === 'string')
    return {
      adapter,
      note: `no graph capture: ${captured.slice(0, 80)}`,
      bytes: bytes.length,
      pass: (inputs) => run(ort, plain, inputs),
    };
  return { adapter, note: 'graph capture', bytes: bytes.length, pass: captured };
}

async function run(
  ort: Ort,
  session: InferenceSession,
  inputs: Record<string, Values>,
): Promise<Record<string, Float32Array>> {
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, values]) => {
      const { shape, data } = channelsFirst(values);
      return [name, new ort.Tensor('float32', data, shape)];
    }),
  );
  return read(await session.run(feeds));
}

async function read(outputs: Record<string, Tensor>): Promise<Record<string, Float32Array>> {
  const values = await Promise.all(
    Object.entries(outputs).map(async ([name, tensor]) => {
      const data = (await tensor.getData()) as Float32Array;
      tensor.dispose();
      return [name, data] as const;
    }),
  );
  return Object.fromEntries(values);
}

/** Passes of one photo through a session that recorded one; of several at once through one that did not. */
async function capture(
  ort: Ort,
  bytes: Uint8Array,
  device: GPUDevice,
  plain: InferenceSession,
): Promise<Opened['pass']> {
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: ['webgpu'],
    enableGraphCapture: true,
    preferredOutputLocation: 'gpu-buffer',
    freeDimensionOverrides: Object.fromEntries(plain.inputNames.map((name) => [`${name}0`, 1])),
  });
  const buffers = new Map<string, { buffer: GPUBuffer; tensor: Tensor }>();
  const bufferOf = (name: string, { shape, data }: Values) => {
    const known = buffers.get(name);
    if (known) return known;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    const buffer = device.createBuffer({ size: 16 * Math.ceil(data.byteLength / 16), usage });
    const tensor = ort.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims: shape });
    buffers.set(name, { buffer, tensor });
    return { buffer, tensor };
  };
  return async (inputs) => {
    if (Object.values(inputs).some(({ shape }) => shape[0] !== 1)) return run(ort, plain, inputs);
    const feeds: Record<string, Tensor> = {};
    for (const [name, values] of Object.entries(inputs)) {
      const own = channelsFirst(values);
      const { buffer, tensor } = bufferOf(name, own);
      device.queue.writeBuffer(buffer, 0, own.data as Float32Array<ArrayBuffer>);
      feeds[name] = tensor;
    }
    const outputs = await session.run(feeds);
    const values = await Promise.all(
      Object.entries(outputs).map(async ([name, tensor]) => [name, (await tensor.getData()) as Float32Array]),
    );
    return Object.fromEntries(values);
  };
}

/**
 * Images as NCHW; made once for each input, because a program of onnxruntime would have them so from the
 * beginning.
 */
const turned = new WeakMap<Values, Values>();

function channelsFirst(values: Values): Values {
  const { shape, data } = values;
  const [count = 0, height = 0, width = 0, channels] = shape;
  if (channels === undefined) return values;
  const known = turned.get(values);
  if (known) return known;
  const own = new Float32Array(data.length);
  const pixels = height * width;
  for (let image = 0; image < count; image++) {
    const start = image * pixels * channels;
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let channel = 0; channel < channels; channel++)
        own[start + channel * pixels + pixel] = data[start + pixel * channels + channel] as number;
    }
  }
  const made = { shape: [count, channels, height, width], data: own };
  turned.set(values, made);
  return made;
}
