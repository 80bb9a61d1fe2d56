import type { TFunction } from 'i18next';
import type { BackendStatus } from '../../../engine/engine';

/** What computes here, in a few words. */
export function backendName({ name, software, threads }: BackendStatus, t: TFunction): string {
  if (name === 'wasm') return t('backend.wasmThreads', { count: threads });
  return t(software ? 'backend.softwareShort' : 'backend.webgpu');
}
