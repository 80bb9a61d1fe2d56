import { Alert, Button, Group, Popover, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCpu } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackendStatus } from '../engine/engine';
import { useRuntime, useServices } from '../ui/context';
import { FailureNotice } from '../ui/FailureNotice';
import styles from './shell.module.css';

/**
 * What computes here, always in sight; behind it why, and a way to change it. A fallback says that it is one.
 */
export function BackendIndicator() {
  const { t } = useTranslation();
  const backendState = useRuntime(({ backend }) => backend);
  const heading = useId();
  const status = backendState.state === 'ready' ? backendState.value : null;
  const pinned = useRuntime((state) => state.pinned !== null);
  const worthALook =
    backendState.state === 'failed' ||
    (status !== null && (status.software || (status.skippedBackends.length > 0 && !pinned)));
  const summary =
    backendState.state === 'pending'
      ? t('backend.waiting')
      : status
        ? summarise(status, t)
        : t('backend.none');
  return (
    <Popover width={340} position="bottom-end" withArrow shadow="md" trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          className={styles.backend}
          aria-label={t('backend.label', { summary })}
          leftSection={
            worthALook ? <IconAlertTriangle size={16} aria-hidden /> : <IconCpu size={16} aria-hidden />
          }
        >
          <Text size="xs" truncate>
            {status ? shortName(status, t) : summary}
            {status?.name === 'webgpu' && !status.software && (
              <span className={styles.adapter}> · {status.adapter}</span>
            )}
          </Text>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-labelledby={heading}>
        <Stack gap="sm">
          <Title order={2} size="sm" id={heading}>
            {t('backend.heading')}
          </Title>
          {status && <Facts status={status} pinned={pinned} />}
          <Choice />
          {backendState.state === 'failed' && (
            <FailureNotice failure={backendState.failure} heading={t('backend.none')} />
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

type Translate = TFunction;

/** One line: the GPU's name, or how many threads, or that the GPU is emulated. */
function summarise(status: BackendStatus, t: Translate): string {
  const short = shortName(status, t);
  return status.name === 'webgpu' && !status.software ? `${short} · ${status.adapter}` : short;
}

/** The same without the GPU's name, for narrow screens. */
function shortName(status: BackendStatus, t: Translate): string {
  if (status.name === 'wasm') return t('backend.wasmThreads', { count: Math.max(1, status.threads) });
  return t(status.software ? 'backend.softwareShort' : 'backend.webgpu');
}

/** `pinned`: the user chose, so that nothing was passed over unasked. */
function Facts({ status, pinned }: { status: BackendStatus; pinned: boolean }) {
  const { t } = useTranslation();
  const choice = useRuntime((state) => state.choice);
  const nature = status.name === 'wasm' ? 'processor' : status.software ? 'software' : 'hardware';
  return (
    <>
      <div>
        <Text size="sm" fw={600}>
          {t(`backend.${status.name}`)}
        </Text>
        <Text size="sm">{status.name === 'wasm' ? shortName(status, t) : status.adapter}</Text>
      </div>
      <Text size="sm">{t(`backend.${nature}`)}</Text>
      {choice?.name === status.name && <Text size="sm">{t('bench.chosenBefore')}</Text>}
      {status.name === 'wasm' && !globalThis.crossOriginIsolated && (
        <Text size="sm">{t('backend.notIsolated')}</Text>
      )}
      {status.name === 'wasm' &&
        globalThis.crossOriginIsolated &&
        status.threads <= 1 &&
        navigator.hardwareConcurrency > 1 && <Text size="sm">{t('backend.oneThread')}</Text>}
      {status.skippedBackends.length > 0 && !pinned && (
        <Alert color="gray" title={t('backend.skipped')} icon={<IconAlertTriangle aria-hidden />}>
          {status.skippedBackends.map(({ name, reason }) => (
            <Text key={`${name} ${reason}`} size="sm">
              {t(`backend.reason.${reason}`, { name: t(`backend.${name}`) })}
            </Text>
          ))}
        </Alert>
      )}
    </>
  );
}

/** While it moves nothing can be chosen, but what has the keyboard's focus keeps it: nothing is disabled. */
function Choice() {
  const { t } = useTranslation();
  const { runtime } = useServices();
  const pinned = useRuntime((state) => state.pinned);
  const waiting = useRuntime(({ backend }) => backend.state === 'pending');
  const label = useId();
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={600} id={label}>
          {t('backend.choose')}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-disabled={waiting}
          data-disabled={waiting || undefined}
          onClick={() => {
            if (!waiting) void runtime.pin(pinned);
          }}
        >
          {t('backend.retry')}
        </Button>
      </Group>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={label}
        readOnly={waiting}
        aria-busy={waiting}
        value={pinned ?? 'automatic'}
        onChange={(value) => void runtime.pin(value === 'webgpu' || value === 'wasm' ? value : null)}
        data={[
          { value: 'automatic', label: t('backend.automatic') },
          { value: 'webgpu', label: t('backend.webgpu') },
          { value: 'wasm', label: t('backend.wasm') },
        ]}
      />
    </div>
  );
}
