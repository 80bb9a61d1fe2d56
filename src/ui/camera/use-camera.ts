import { type RefCallback, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { type Failure, failure, type Result } from '../../core/failure';
import type { Pixels } from '../../core/raster';
import { pixelsWithheld } from '../../engine/input/withheld';
import { type CameraPhoto, centreFrame, grabPhoto } from './frames';
import { type CameraDevice, listCameras, openCamera, stopStream } from './open-camera';

type CameraState =
  | { state: 'off' }
  /** The browser is asking for permission, or the camera is starting. */
  | { state: 'starting' }
  /** Pictures come. `deviceId` is the camera in use; `facing` as far as it says. */
  | { state: 'on'; deviceId: string | null; facing: string | null }
  /** On, but black or frozen: a phone call, a locked screen, a shutter. Pictures come again by themselves. */
  | { state: 'interrupted'; deviceId: string | null; facing: string | null }
  | { state: 'failed'; failure: Failure };

export interface Camera {
  current: CameraState;
  /** With names once the permission is given. */
  devices: readonly CameraDevice[];
  /** Put it on the `<video>` that shows the camera: `<video ref={camera.attach} muted playsInline />`. */
  attach: RefCallback<HTMLVideoElement>;
  /** The element that it was put on; null before and after. */
  video: RefObject<HTMLVideoElement | null>;
  /** Another camera from now on; also after a failure. */
  choose(deviceId: string): void;
  /** Starts again after a failure. */
  retry(): void;
  /** The full-size picture of this moment. */
  grab(): Promise<Result<CameraPhoto>>;
  /**
   * The central square of this moment, at most `side` pixels wide; null if there is none. Cheap enough to ask
   * often. None while the camera is interrupted.
   */
  frame(side: number): Pixels | null;
}

/**
 * A camera for as long as `active` is true and the part is on the page: its light goes out with either. The
 * rear camera where there is a choice. Nothing is recorded, and no picture leaves the page's memory.
 */
export function useCamera({
  active = true,
  facing = 'environment',
}: {
  active?: boolean;
  facing?: 'environment' | 'user';
} = {}): Camera {
  const [current, setCurrent] = useState<CameraState>({ state: 'off' });
  const [devices, setDevices] = useState<readonly CameraDevice[]>([]);
  const [choice, setChoice] = useState<{ deviceId: string | null; attempt: number }>({
    deviceId: null,
    attempt: 0,
  });
  const video = useRef<HTMLVideoElement | null>(null);
  const stream = useRef<MediaStream | null>(null);
  const canvas = useRef<OffscreenCanvas | null>(null);

  useEffect(() => {
    if (!active) return;
    // Every hint would be about a white picture, and the photo would be another one than the camera saw.
    if (pixelsWithheld()) return setCurrent({ state: 'failed', failure: failure('pixels-withheld').failure });
    let ended = false;
    let opened: MediaStream | null = null;
    setCurrent({ state: 'starting' });
    void openCamera({ deviceId: choice.deviceId, facing }).then(async (result) => {
      // The permission may have been given after the part had gone.
      if (ended) return result.ok && stopStream(result.value);
      if (!result.ok) return setCurrent({ state: 'failed', failure: result.failure });
      opened = result.value;
      stream.current = opened;
      show(video.current, opened);
      const [track] = opened.getVideoTracks();
      const settings = track?.getSettings() ?? {};
      // Unplugged, taken by another program, or the permission withdrawn; a stop of our own does not say so.
      track?.addEventListener('ended', () => {
        if (!ended) setCurrent({ state: 'failed', failure: failure('camera-lost').failure });
      });
      const sayWhetherOn = () => {
        if (ended) return;
        setCurrent({
          state: track?.muted ? 'interrupted' : 'on',
          deviceId: settings.deviceId ?? null,
          facing: settings.facingMode ?? null,
        });
        // iOS pauses the video too, and leaves it so.
        if (!track?.muted) play(video.current);
      };
      track?.addEventListener('mute', sayWhetherOn);
      track?.addEventListener('unmute', sayWhetherOn);
      sayWhetherOn();
      // Names are only told once a camera is on.
      const found = await listCameras();
      if (!ended) setDevices(found);
    });
    return () => {
      ended = true;
      if (opened) stopStream(opened);
      stream.current = null;
      show(video.current, null);
      setCurrent({ state: 'off' });
    };
  }, [active, facing, choice]);

  const attach = useCallback((element: HTMLVideoElement | null) => {
    video.current = element;
    show(element, stream.current);
    return () => {
      // A browser keeps a video that may go on playing, and with it the page around it, even once that has
      // gone.
      show(element, null);
      video.current = null;
    };
  }, []);
  const choose = useCallback(
    (deviceId: string) => setChoice(({ attempt }) => ({ deviceId, attempt: attempt + 1 })),
    [],
  );
  const retry = useCallback(() => setChoice(({ attempt }) => ({ deviceId: null, attempt: attempt + 1 })), []);
  const grab = useCallback(
    async () =>
      video.current && !isMuted(stream.current) ? grabPhoto(video.current) : failure('camera-lost'),
    [],
  );
  const frame = useCallback((side: number) => {
    if (isMuted(stream.current)) return null;
    canvas.current ??= new OffscreenCanvas(1, 1);
    return video.current && centreFrame(video.current, side, canvas.current);
  }, []);

  return { current, devices, attach, video, choose, retry, grab, frame };
}

function show(video: HTMLVideoElement | null, stream: MediaStream | null): void {
  // Setting it again, even to the same stream, would load it again.
  if (!video || video.srcObject === stream) return;
  video.srcObject = stream;
  if (stream) play(video);
}

function play(video: HTMLVideoElement | null): void {
  // Refused where the page is hidden: the browser plays it when it is seen again.
  void video?.play().catch(() => {});
}

/** What the camera sends while it is muted is black, or a picture of before. */
const isMuted = (stream: MediaStream | null) => stream?.getVideoTracks()[0]?.muted === true;
