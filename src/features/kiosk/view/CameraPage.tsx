import { Button, Switch } from '@mantine/core';
import { IconCamera, IconCameraOff, IconFaceId, IconZoomScan } from '@tabler/icons-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Card } from '../../../core/card/card';
import { type FailureCode, success } from '../../../core/failure';
import { ActivationOverlay } from '../../../ui/ActivationOverlay';
import { useCamera } from '../../../ui/camera/use-camera';
import { useLanguage } from '../../../ui/context';
import { liveSaliencyMap } from '../model/explanation';
import { spotIn, type VideoFrame } from '../model/live';
import { closeSide, frameFile, liveSide, nextFrame } from '../model/video-frames';
import { Answer } from './Answer';
import { BackButton } from './BackButton';
import styles from './camera.module.css';
import { useKiosk, useModels, useSettings } from './context';
import kioskStyles from './kiosk.module.css';
import { LiveFigures } from './LiveFigures';

/**
 * Milliseconds after which a camera that went away is asked again; and how often in a row one may give no
 * frame before that.
 */
const retryAfter = 3000;
const starvedAfter = 5;

/**
 * The camera's picture with a live answer beside it. It starts with a touch, after the notice against filming
 * faces.
 */
export function CameraPage() {
  const { t } = useTranslation();
  const { camera } = useModels();
  const [agreed, setAgreed] = useState(false);
  // Nothing here can answer for what a webcam sees: no number is shown for it.
  if (!camera) {
    return (
      <Notice Icon={IconCameraOff} heading={t('kiosk.noDermatoscope')} text={t('kiosk.noDermatoscopeWhy')} />
    );
  }
  if (agreed) return <LiveView card={camera} />;
  return (
    <Notice Icon={IconFaceId} heading={t('kiosk.noFaces')} text={t('kiosk.noFacesWhy')}>
      <Button size="xl" leftSection={<IconCamera size="1.2em" aria-hidden />} onClick={() => setAgreed(true)}>
        {t('kiosk.startCamera')}
      </Button>
    </Notice>
  );
}

interface NoticeProps {
  Icon: typeof IconCamera;
  heading: string;
  text: string;
  /** Another way than back. */
  children?: ReactNode;
}

function Notice({ Icon, heading, text, children }: NoticeProps) {
  return (
    <div className={styles.notice}>
      <Icon stroke={1.25} aria-hidden />
      <h2>{heading}</h2>
      <p className={kioskStyles.lead}>{text}</p>
      <div className={kioskStyles.ways}>
        <BackButton main={children === undefined} />
        {children}
      </div>
    </div>
  );
}

function LiveView({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { session, gallery, live, recovery } = useKiosk();
  const { card: chosen } = useModels();
  const { figures } = useSettings().settings;
  const camera = useCamera();
  const [saliencyShown, setSaliencyShown] = useState(true);
  const [looking, setLooking] = useState<'no' | 'waiting' | 'no-frame' | FailureCode>('no');
  const { current, retry, video } = camera;
  const on = current.state === 'on';
  const packageId = card.id;

  const analyse = useEffectEvent(async ({ pixels }: VideoFrame, signal: AbortSignal) => {
    const spot = spotIn(pixels, card.domain);
    if (!spot.ok) return spot;
    const result = await recovery.analyse(
      pixels,
      // The frame is the square already, and no outline is looked for: that would cost most of the frames.
      { packageId, square: 'centre', segmenterId: null },
      { signal },
    );
    return result.ok ? success({ analysis: result.value, spot: spot.value }) : result;
  });
  const starved = useRef(0);
  useEffect(() => {
    if (!on) return;
    live.start(
      async (signal) => {
        const frame = await nextFrame(video.current, liveSide, signal);
        if (signal.aborted) return null;
        starved.current = frame ? 0 : starved.current + 1;
        // On, but frozen: after sleep some cameras say nothing of having gone.
        if (starved.current >= starvedAfter && document.visibilityState === 'visible') {
          starved.current = 0;
          retry();
        }
        return frame;
      },
      (frame, signal) => analyse(frame, signal),
    );
    return () => live.stop();
  }, [live, on, retry, video]);

  const failed = current.state === 'failed';
  useEffect(() => {
    if (!failed) return;
    const timer = setInterval(retry, retryAfter);
    return () => clearInterval(timer);
  }, [failed, retry]);

  const leaving = useRef<AbortController | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => controller.abort();
  }, []);
  const lookInside = async () => {
    const signal = leaving.current?.signal;
    if (!signal) return;
    setLooking('waiting');
    // The square that the visitor sees, and nothing beside it.
    const frame = await nextFrame(video.current, closeSide, signal);
    // Whoever went away meanwhile, or was forgotten, is not to be brought back.
    if (signal.aborted) return;
    if (!frame) return setLooking('no-frame');
    const found = spotIn(frame.pixels, card.domain);
    if (!found.ok) return setLooking(found.failure.code);
    const file = await frameFile(frame);
    if (signal.aborted) return;
    void gallery.tryFrame(file, card, found.value);
    session.go('inside');
  };
  const analysis = useStore(live.store, ({ analysis }) => analysis);
  const refusal = useStore(live.store, ({ failure }) => failure);
  const spot = useStore(live.store, ({ spot }) => spot);
  const saliency = analysis && saliencyShown ? liveSaliencyMap(card, analysis, spot) : null;

  return (
    <div className={kioskStyles.loop}>
      <div className={kioskStyles.picture}>
        <div className={styles.ground}>
          <div className={styles.finder}>
            <video ref={camera.attach} muted playsInline autoPlay aria-label={t('kiosk.cameraPicture')} />
            {saliency && (
              <div className={styles.saliency}>
                <ActivationOverlay {...saliency} opacity={0.6} label={t('kiosk.saliencyAlt')} />
              </div>
            )}
            <p className={styles.facesHint}>
              <IconFaceId aria-hidden />
              {t('kiosk.noFaces')}
            </p>
          </div>
        </div>
      </div>
      <div className={kioskStyles.side}>
        {figures && <LiveFigures />}
        {current.state === 'failed' && (
          // How to let the camera in is the host's business, and said in the preflight: there is no address
          // bar here.
          <div className={styles.refusal} role="alert">
            <strong>{t('camera.failed')}</strong> {t(`failure.${current.failure.code}.sentence`)}
            <p>{t('kiosk.cameraReturns')}</p>
          </div>
        )}
        {current.state === 'interrupted' && (
          <p className={styles.refusal} role="alert">
            {t('camera.hint.interrupted')}
          </p>
        )}
        {on && !analysis && !refusal && <p className={kioskStyles.lead}>{t('kiosk.liveStarting')}</p>}
        {refusal && (
          <p className={styles.refusal}>
            <strong>{t(`failure.${refusal.code}.sentence`)}</strong> {t(`failure.${refusal.code}.remedy`)}
          </p>
        )}
        {looking === 'no-frame' && (
          <p className={styles.refusal} role="alert">
            {t('kiosk.noFrame')}
          </p>
        )}
        {looking !== 'no' && looking !== 'waiting' && looking !== 'no-frame' && (
          <p className={styles.refusal} role="alert">
            <strong>{t(`failure.${looking}.sentence`)}</strong> {t(`failure.${looking}.remedy`)}
          </p>
        )}
        {card.id !== chosen?.id && (
          <p className={kioskStyles.lead}>{t('kiosk.cameraModel', { model: read(card.title) })}</p>
        )}
        {analysis && <Answer analysis={analysis} card={card} />}
        {on && (
          <Switch
            size="lg"
            label={t('kiosk.showSaliency')}
            checked={saliencyShown}
            onChange={({ currentTarget }) => setSaliencyShown(currentTarget.checked)}
          />
        )}
        <div className={kioskStyles.ways}>
          <BackButton />
          <Button
            size="xl"
            disabled={!on}
            loading={looking === 'waiting'}
            leftSection={<IconZoomScan size="1.2em" aria-hidden />}
            onClick={() => void lookInside()}
          >
            {t('kiosk.lookInside')}
          </Button>
        </div>
      </div>
    </div>
  );
}
