import { describe, expect, test } from 'vitest';
import { chooseBackends, describeAdapter, isSoftwareAdapter, wasmThreadsFor } from './choice';

describe('choice of the back end', () => {
  const hardware = { pinned: null, gpu: 'hardware', disabled: {} } as const;

  test('WebGPU first, WASM behind it', () => {
    expect(chooseBackends(hardware)).toEqual({ candidates: ['webgpu', 'wasm'], skippedBackends: [] });
  });

  test.each(['no-webgpu', 'no-gpu'] as const)('%s: WASM, and the reason', (gpu) => {
    expect(chooseBackends({ ...hardware, gpu })).toEqual({
      candidates: ['wasm'],
      skippedBackends: [{ name: 'webgpu', reason: gpu, detail: {} }],
    });
  });

  test('an emulated GPU stands behind WASM, and is had where it is pinned', () => {
    expect(chooseBackends({ ...hardware, gpu: 'software' })).toEqual({
      candidates: ['wasm', 'webgpu'],
      skippedBackends: [{ name: 'webgpu', reason: 'software-gpu', detail: {} }],
    });
    expect(chooseBackends({ ...hardware, gpu: 'software', pinned: 'webgpu' }).candidates).toEqual(['webgpu']);
  });

  test('one that answered wrongly is not asked again, and says why', () => {
    const against = { reason: 'golden-wrong', detail: { package: 'a' } } as const;
    for (const gpu of ['hardware', 'software'] as const) {
      const choice = chooseBackends({ ...hardware, gpu, disabled: { webgpu: against } });
      expect(choice).toEqual({ candidates: ['wasm'], skippedBackends: [{ name: 'webgpu', ...against }] });
    }
  });

  test('a pinned one has no substitute', () => {
    expect(chooseBackends({ ...hardware, pinned: 'webgpu' }).candidates).toEqual(['webgpu']);
    const without = chooseBackends({ ...hardware, pinned: 'webgpu', gpu: 'no-webgpu' });
    expect(without.candidates).toEqual([]);
    expect(without.skippedBackends.map(({ reason }) => reason)).toEqual(['no-webgpu', 'pinned']);
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
