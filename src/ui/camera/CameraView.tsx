import { ActionIcon, Loader, Select, Switch, Text } from '@mantine/core';
import { IconCamera, IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../core/failure';
import type { Domain } from '../../core/quality/limits';
import { FailureNotice } from '../FailureNotice';
import styles from './CameraView.module.css';
import type { CameraPhoto } from './frames';
import { useCamera } from './use-camera';
import { useGuidance } from './use-guidance';

interface Props {
  /** What is to be photographed: the limits of the guidance. */
  domain: Domain;
  onPhoto: (photo: CameraPhoto) => void;
  onCancel: () => void;
}

/**
 * The viewfinder: what to do better, a ring that closes when the picture is good, and a photo by itself or by
 * a tap.
 */
export function CameraView({ domain, onPhoto, onCancel }: Props) {
  const { t } = useTranslation();
  const camera = useCamera();
  const [byItself, setByItself] = useState(true);
  const [taking, setTaking] = useState(false);
  const [problem, setProblem] = useState<Failure | null>(null);
  const { guidance, filled } = useGuidance(camera, domain, taking);
  const { current, devices } = camera;
  const hintId = useId();

  const take = async () => {
    setTaking(true);
    const result = await camera.grab();
    if (result.ok) return onPhoto(result.value);
    setTaking(false);
    setProblem(result.failure);
  };
  const newestTake = useRef(take);
  newestTake.current = take;
  const complete = filled >= 1;
  useEffect(() => {
    if (complete && byItself) void newestTake.current();
  }, [complete, byItself]);

  const failed = current.state === 'failed' ? current.failure : problem;
  if (failed) {
    const again = () => {
      setProblem(null);
      camera.retry();
    };
    return (
      <FailureNotice
        failure={failed}
        heading={t('camera.failed')}
        action={{ label: t('camera.retry'), run: again }}
      />
    );
  }
  const interrupted = current.state === 'interrupted';
  const known = current.state === 'on' || interrupted ? current : null;
  const hint = interrupted ? 'interrupted' : guidance ? (guidance.hint ?? 'hold') : 'starting';
  return (
    <section className={styles.view} aria-label={t('camera.region')}>
      <div className={styles.finder}>
        <video
          ref={camera.attach}
          className={styles.video}
          muted
          playsInline
          autoPlay
          aria-label={t('camera.picture')}
          // A front camera is a mirror to whoever looks into it.
          data-mirrored={known?.facing === 'user' ? true : undefined}
        />
        <Ring filled={filled} />
        {!known && <Loader className={styles.waiting} color="white" aria-hidden />}
        <ActionIcon
          className={styles.close}
          variant="filled"
          color="dark"
          size="xl"
          radius="xl"
          aria-label={t('camera.cancel')}
          onClick={onCancel}
        >
          <IconX aria-hidden />
        </ActionIcon>
        <p className={styles.hint} id={hintId} role="status" data-good={hint === 'hold' || undefined}>
          {t(`camera.hint.${hint}`)}
        </p>
      </div>
      <div className={styles.controls}>
        <Switch
          label={t('camera.byItself')}
          checked={byItself}
          onChange={({ currentTarget }) => setByItself(currentTarget.checked)}
        />
        <button
          type="button"
          className={styles.shutter}
          disabled={current.state !== 'on' || taking}
          aria-label={t('camera.take')}
          aria-describedby={hintId}
          onClick={() => void take()}
        >
          <IconCamera size={30} stroke={1.6} aria-hidden />
        </button>
        {devices.length > 1 ? (
          <Select
            className={styles.devices}
            size="xs"
            aria-label={t('camera.choose')}
            allowDeselect={false}
            value={known?.deviceId ?? null}
            onChange={(id) => id !== null && camera.choose(id)}
            data={devices.map(({ id, label }, index) => ({
              value: id,
              label: label || t('camera.unnamed', { number: index + 1 }),
            }))}
          />
        ) : (
          <span />
        )}
      </div>
      <Text size="sm" c="dimmed" ta="center">
        {t('camera.private')}
      </Text>
    </section>
  );
}

/** Where the spot belongs; its line closes as the picture stays good. */
function Ring({ filled }: { filled: number }) {
  const radius = 36;
  const length = 2 * Math.PI * radius;
  return (
    <svg className={styles.ring} viewBox="0 0 100 100" aria-hidden="true">
      <circle className={styles.track} cx="50" cy="50" r={radius} />
      <circle
        className={styles.filled}
        cx="50"
        cy="50"
        r={radius}
        strokeDasharray={length}
        strokeDashoffset={length * (1 - filled)}
        transform="rotate(-90 50 50)"
      />
    </svg>
  );
}
