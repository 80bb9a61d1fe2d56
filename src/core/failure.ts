/**
 * Failures are values: every call that can fail for a reason the user should hear about returns a `Result`.
 * The sentence and the remedy for each code live in the language files under `failure.<code>`.
 */
export const failureCodes = [
  'file-unreadable',
  'file-unsupported',
  'file-too-small',
  'file-too-large',
  // What the input gate finds: 'photo-' and the name of the check (core/quality/limits.ts).
  'photo-size',
  'photo-dark',
  'photo-overexposed',
  'photo-flat',
  'photo-blur',
  'photo-skin',
  // A live picture in which no spot is seen (the kiosk's camera).
  'photo-spot',
  // The browser hides from the page what is on a canvas.
  'pixels-withheld',
  'dicom-unsupported',
  'document-invalid',
  'archive-unreadable',
  'archive-newer',
  'archive-too-large',
  'table-too-large',
  'storage-blocked',
  'storage-newer',
  'record-gone',
  'record-changed',
  // What a camera can refuse (ui/camera).
  'camera-unsupported',
  'camera-denied',
  'camera-absent',
  'camera-busy',
  'camera-lost',
  'labels-invalid',
  'folder-other',
  'drawings-unavailable',
  'font-unavailable',
  'package-unknown',
  'package-unavailable',
  'package-timeout',
  'package-invalid',
  'package-corrupt',
  // What is wrong with a package that the user brings along.
  'added-absent',
  'added-invalid',
  'added-incomplete',
  'added-tampered',
  'added-exists',
  'added-gone',
  // It hung, or ended the worker in which it was tried.
  'added-broke',
  // It did not pass its trial, and one of its id had been added before.
  'added-earlier-stays',
  // A panel answers with all of its members or not at all.
  'panel-incomplete',
  // What is wrong with a calibration of this site.
  'calibration-invalid',
  'calibration-other',
  'calibration-few',
  // What is wrong with the results of an evaluation that somebody else saved.
  'results-invalid',
  'storage-full',
  'storage-denied',
  'storage-broken',
  'backend-unavailable',
  'golden-failed',
  'device-lost',
  'out-of-memory',
  'worker-died',
  'cancelled',
  'internal',
] as const;

export type FailureCode = (typeof failureCodes)[number];

export interface Failure {
  code: FailureCode;
  /** Facts that the sentence is filled in with: a file name, a size, the package id. */
  detail: Readonly<Record<string, string | number>>;
}

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure(code: FailureCode, detail: Failure['detail'] = {}): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, detail } };
}
