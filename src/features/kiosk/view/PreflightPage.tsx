import { Button, Loader } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HostFrame } from './HostFrame';
import styles from './host.module.css';
import { type Finding, usePreflight } from './use-preflight';
import type { WakeLockState } from './use-wake-lock';

const icons = { ready: IconCircleCheck, warning: IconAlertTriangle, failed: IconCircleX };

/** What to see to before the doors open, each with what was found here and now. */
export function PreflightPage({ wakeLock }: { wakeLock: WakeLockState }) {
  const { t } = useTranslation();
  const [attempt, setAttempt] = useState(0);
  const findings = usePreflight(wakeLock, attempt);
  return (
    <HostFrame here="preflight">
      <ul className={styles.checks}>
        {findings.map((finding) => (
          <Check key={finding.check} {...finding} />
        ))}
      </ul>
      <Button size="md" variant="default" onClick={() => setAttempt(attempt + 1)}>
        {t('kiosk.preflight.again')}
      </Button>
    </HostFrame>
  );
}

function Check({ check, state, sentence }: Finding) {
  const { t } = useTranslation();
  const Icon = state === 'checking' ? null : icons[state];
  return (
    <li data-check={check} data-state={state}>
      {Icon ? <Icon aria-hidden /> : <Loader size="sm" aria-hidden />}
      <span>
        <strong>{t(`kiosk.preflight.${check}`)}</strong>
        <small>
          {t(`kiosk.preflight.state.${state}`)}
          {sentence && `: ${sentence}`}
        </small>
      </span>
    </li>
  );
}
