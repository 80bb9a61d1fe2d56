import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openCamera, stopStream } from '../../../ui/camera/open-camera';
import { useLanguage, useRuntime, useServices } from '../../../ui/context';
import type { DemoGalleryState } from '../model/demo-gallery';
import { maxSamples } from '../model/samples';
import { backendName } from './backend-name';
import { useDemoGallery, useModels, useRoundQuestions, useSettings } from './context';
import type { WakeLockState } from './use-wake-lock';

export interface Finding {
  check: 'models' | 'gpu' | 'camera' | 'wakeLock' | 'offline' | 'samples' | 'round' | 'pin';
  /** A warning: it works, but not as well, or not with the network off. */
  state: 'checking' | 'ready' | 'warning' | 'failed';
  /** What was found; empty where the name of the check says it. */
  sentence: string;
}

/** What this machine has of all that a kiosk needs. Looked at again when `attempt` changes. */
export function usePreflight(wakeLock: WakeLockState, attempt: number): Finding[] {
  return [
    useModelCheck(attempt),
    useGpu(),
    useCameraCheck(attempt),
    useScreen(wakeLock),
    useOffline(attempt),
    useSamples(),
    useRoundCheck(),
    usePin(),
  ];
}

/** Loaded, and kept for the next start. */
function useModelCheck(attempt: number): Finding {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { runtime } = useServices();
  const { needed, others } = useModels();
  const packages = useRuntime(({ packages }) => packages);
  const ids = needed.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is the wish to look again
  useEffect(() => {
    for (const id of ids.split(',')) if (id) void runtime.load(id);
  }, [runtime, ids, attempt]);
  const states = needed.map(({ id }) => packages[id]);
  const check = 'models';
  if (needed.length === 0) return { check, state: 'failed', sentence: t('model.listEmpty') };
  const failed = states.find((state) => state?.state === 'failed');
  if (failed?.state === 'failed') {
    return { check, state: 'failed', sentence: t(`failure.${failed.failure.code}.sentence`) };
  }
  if (states.some((state) => state?.state !== 'loaded')) return { check, state: 'checking', sentence: '' };
  const cached = states.every((state) => state?.state === 'loaded' && state.loaded.cached);
  if (others.length > 0) {
    const models = others.map(({ title }) => read(title)).join(', ');
    return { check, state: 'warning', sentence: t('kiosk.preflight.modelsPassedOver', { models }) };
  }
  return {
    check,
    state: cached ? 'ready' : 'warning',
    sentence: cached ? needed.map(({ title }) => read(title)).join(', ') : t('model.notCached'),
  };
}

function useGpu(): Finding {
  const { t } = useTranslation();
  const backend = useRuntime(({ backend }) => backend);
  const check = 'gpu';
  if (backend.state === 'pending') return { check, state: 'checking', sentence: '' };
  if (backend.state === 'failed') return { check, state: 'failed', sentence: t('backend.none') };
  const { value } = backend;
  const fast = value.name === 'webgpu' && !value.software;
  const name = value.name === 'webgpu' ? `${backendName(value, t)}, ${value.adapter}` : value.adapter;
  return {
    check,
    state: fast ? 'ready' : 'warning',
    sentence: fast ? name : `${name}. ${t('kiosk.preflight.slow')}`,
  };
}

/** Opens the camera for a moment: only that shows whether the permission is there. */
function useCameraCheck(attempt: number): Finding {
  const { t } = useTranslation();
  const [found, setFound] = useState<Pick<Finding, 'state' | 'sentence'>>({
    state: 'checking',
    sentence: '',
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is the wish to look again
  useEffect(() => {
    let ended = false;
    setFound({ state: 'checking', sentence: '' });
    void openCamera({ deviceId: null, facing: 'environment' }).then((result) => {
      const label = result.ok ? (result.value.getVideoTracks()[0]?.label ?? '') : '';
      if (result.ok) stopStream(result.value);
      if (ended) return;
      if (result.ok) return setFound({ state: 'ready', sentence: label });
      const { code } = result.failure;
      const remedy =
        code === 'camera-denied' ? 'kiosk.preflight.allowCamera' : (`failure.${code}.remedy` as const);
      setFound({ state: 'failed', sentence: `${t(`failure.${code}.sentence`)} ${t(remedy)}` });
    });
    return () => {
      ended = true;
    };
  }, [attempt, t]);
  return { check: 'camera', ...found };
}

function useScreen(wakeLock: WakeLockState): Finding {
  const { t } = useTranslation();
  const awake = wakeLock === 'held';
  return {
    check: 'wakeLock',
    state: awake ? 'ready' : 'warning',
    sentence: awake ? '' : t('kiosk.preflight.sleeps'),
  };
}

/**
 * Whether a service worker has the program in store. A server on this very machine needs no network either.
 */
function useOffline(attempt: number): Finding {
  const { t } = useTranslation();
  const [cached, setKept] = useState<boolean | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is the wish to look again
  useEffect(() => {
    let ended = false;
    const look = async () => {
      const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
      if (!ended) setKept(Boolean(registration?.active));
    };
    void look();
    return () => {
      ended = true;
    };
  }, [attempt]);
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(window.location.hostname);
  const check = 'offline';
  if (cached === null) return { check, state: 'checking', sentence: '' };
  if (cached) return { check, state: 'ready', sentence: t('kiosk.preflight.cached') };
  return {
    check,
    state: local ? 'ready' : 'warning',
    sentence: t(local ? 'kiosk.preflight.local' : 'kiosk.preflight.needsNetwork'),
  };
}

/** Why the host's samples are not there, and whether the drawn ones are: `count` pictures are to be had. */
export function samplesFailure(
  { reason, what }: NonNullable<DemoGalleryState['failure']>,
  count: number,
  t: TFunction,
): Pick<Finding, 'state' | 'sentence'> {
  const why = t(`kiosk.preflight.samplesFailed.${reason}`, { what });
  return count > 0
    ? { state: 'warning', sentence: `${why} ${t('kiosk.preflight.samplesDrawnInstead')}` }
    : { state: 'failed', sentence: `${why} ${t('kiosk.preflight.samplesNone')}` };
}

function useSamples(): Finding {
  const { t } = useTranslation();
  const { samples: folder } = useSettings().settings;
  const failure = useDemoGallery((state) => state.failure);
  const leftOut = useDemoGallery((state) => state.leftOut);
  const further = useDemoGallery((state) => state.further);
  const samples = useDemoGallery((state) => state.samples);
  const open = useDemoGallery((state) => state.open);
  const check = 'samples';
  if (failure) {
    return { check, ...samplesFailure(failure, samples.length, t) };
  }
  if (leftOut > 0) {
    const sentence = t('kioskRound.preflight.leftOut', { count: leftOut, max: maxSamples });
    return { check, state: 'warning', sentence };
  }
  const failed = samples.filter(({ run }) => run.state === 'failed').length;
  if (failed > 0) {
    return { check, state: 'warning', sentence: t('kiosk.preflight.samplesRefused', { count: failed }) };
  }
  if (!open) return { check, state: 'checking', sentence: '' };
  const count = samples.length + further.length;
  return {
    check,
    state: 'ready',
    sentence: t(folder ? 'kiosk.preflight.samplesOwn' : 'kiosk.preflight.samplesDrawn', { count }),
  };
}

/** Whether "You or the machine?" can be played. */
function useRoundCheck(): Finding {
  const { t } = useTranslation();
  const open = useDemoGallery((state) => state.open);
  const count = useRoundQuestions().length;
  const check = 'round';
  if (!open) return { check, state: 'checking', sentence: '' };
  if (count === 0) return { check, state: 'warning', sentence: t('kioskRound.preflight.tooFew') };
  return { check, state: 'ready', sentence: t('kioskRound.preflight.ready', { count }) };
}

function usePin(): Finding {
  const { t } = useTranslation();
  const set = useSettings().settings.pin !== '';
  return { check: 'pin', state: set ? 'ready' : 'warning', sentence: set ? '' : t('kiosk.preflight.noPin') };
}
