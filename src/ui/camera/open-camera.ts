import { type Failure, failure, type Result, success } from '../../core/failure';

/** A camera of this machine, as the browser names it. */
export interface CameraDevice {
  id: string;
  /** Empty until the permission was given once. */
  label: string;
}

export interface CameraOptions {
  /** A device of `listCameras`; null takes the one that faces as `facing` says, where there is a choice. */
  deviceId: string | null;
  facing: 'environment' | 'user';
}

type MediaSource = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'>;

/**
 * Null where the browser has no camera to offer, or the page was not served securely (https or localhost).
 */
function mediaSource(): MediaSource | null {
  return navigator.mediaDevices ?? null;
}

/**
 * Opens a camera at the largest size that it gives easily: what is judged in the viewfinder is what is taken.
 * Fails with "camera-unsupported", "camera-denied", "camera-absent" or "camera-busy".
 */
export async function openCamera(
  { deviceId, facing }: CameraOptions,
  source: MediaSource | null = mediaSource(),
): Promise<Result<MediaStream>> {
  if (!source) return failure('camera-unsupported');
  const which: MediaTrackConstraints = deviceId
    ? { deviceId: { exact: deviceId } }
    : { facingMode: { ideal: facing } };
  try {
    const video = { ...which, width: { ideal: 2560 }, height: { ideal: 1440 } };
    return success(await source.getUserMedia({ video, audio: false }));
  } catch (error) {
    return { ok: false, failure: cameraFailure(error) };
  }
}

/** The names that the Media Capture specification gives to what can go wrong (getUserMedia, 10.2). */
function cameraFailure(error: unknown): Failure {
  const name = error instanceof Error ? error.name : '';
  const reason = String(error);
  const codes = {
    NotAllowedError: 'camera-denied',
    SecurityError: 'camera-denied',
    NotFoundError: 'camera-absent',
    OverconstrainedError: 'camera-absent',
    NotReadableError: 'camera-busy',
    AbortError: 'camera-busy',
  } as const;
  const code = codes[name as keyof typeof codes] ?? 'camera-unsupported';
  return failure(code, { reason }).failure;
}

/** The cameras that there are; none where the browser does not say. */
export async function listCameras(source: MediaSource | null = mediaSource()): Promise<CameraDevice[]> {
  const devices = await source?.enumerateDevices().catch(() => []);
  return (devices ?? [])
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
