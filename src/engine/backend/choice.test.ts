import { describe, expect, test } from 'vitest';
import { chooseBackends, describeAdapter, isSoftwareAdapter, wasmThreadsFor } from './choice';

describe('choice of the back end', () => {
  test('WebGPU first, WASM behind it', () => {
    const choice = chooseBackends({ pinned: null, hasWebgpu: true, distrusted: {} });
    expect(choice).toEqual({ candidates: ['webgpu', 'wasm'], passedOver: [] });
  });

  test('a browser without WebGPU', () => {
    const choice = chooseBackends({ pinned: null, hasWebgpu: false, distrusted: {} });
    expect(choice.candidates).toEqual(['wasm']);
    expect(choice.passedOver).toEqual([{ name: 'webgpu', reason: 'this browser has no WebGPU' }]);
  });

  test('one that answered wrongly is not asked again, and says why', () => {
    const choice = chooseBackends({ pinned: null, hasWebgpu: true, distrusted: { webgpu: 'golden sample' } });
    expect(choice.candidates).toEqual(['wasm']);
    expect(choice.passedOver).toEqual([{ name: 'webgpu', reason: 'golden sample' }]);
  });

  test('a pinned one has no substitute', () => {
    const pinned = { pinned: 'webgpu' as const, distrusted: {} };
    expect(chooseBackends({ ...pinned, hasWebgpu: true }).candidates).toEqual(['webgpu']);
    expect(chooseBackends({ ...pinned, hasWebgpu: false }).candidates).toEqual([]);
  });
});

test('threads: all cores up to the eight that the module holds, one without isolation', () => {
  expect(wasmThreadsFor(2, true)).toBe(2);
  expect(wasmThreadsFor(32, true)).toBe(8);
  expect(wasmThreadsFor(32, false)).toBe(1);
  expect(wasmThreadsFor(0, true)).toBe(1);
});

test('software adapters are recognised and named', () => {
  const swiftshader = { vendor: 'google', architecture: 'swiftshader', device: '', description: '' };
  expect(isSoftwareAdapter(swiftshader)).toBe(true);
  expect(describeAdapter(swiftshader)).toBe('google swiftshader (software)');
  expect(isSoftwareAdapter({ vendor: 'mesa', description: 'llvmpipe (LLVM 15.0, 256 bits)' })).toBe(true);
  expect(isSoftwareAdapter({ vendor: 'microsoft', description: 'Microsoft Basic Render Driver' })).toBe(true);
  expect(isSoftwareAdapter({ vendor: 'acme', isFallbackAdapter: true })).toBe(true);
  const turing = { vendor: 'nvidia', architecture: 'turing', device: '', description: '' };
  expect(isSoftwareAdapter(turing)).toBe(false);
  expect(describeAdapter(turing)).toBe('nvidia turing');
  expect(describeAdapter({})).toBe('unnamed GPU');
});
