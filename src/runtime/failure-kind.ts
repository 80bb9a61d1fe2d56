import type { Failure, FailureCode } from '../core/failure';

/**
 * What a failed run means: the user ended it; the quality gate refused the photo; the engine lost its GPU or
 * its worker and starts again with the next call; the engine, the package or the browser does not work, so the
 * next photo would fail too; or this file is at fault.
 */
export type FailureKind = 'cancelled' | 'photo' | 'lost' | 'engine' | 'file';

const lost: readonly FailureCode[] = ['device-lost', 'worker-died'];
const engine: readonly FailureCode[] = [
  'backend-unavailable',
  'golden-failed',
  'out-of-memory',
  'pixels-withheld',
  'package-unknown',
  'package-unavailable',
  'package-timeout',
  'package-corrupt',
  'package-invalid',
];

export function failureKind({ code }: Failure): FailureKind {
  if (code === 'cancelled') return 'cancelled';
  if (code.startsWith('photo-')) return 'photo';
  if (lost.includes(code)) return 'lost';
  return engine.includes(code) ? 'engine' : 'file';
}

/** Whether the file or its picture was turned away: asked again as it is, it would be turned away again. */
export const turnsPhotoAway = ({ code }: Failure): boolean =>
  code.startsWith('photo-') || code.startsWith('file-');
