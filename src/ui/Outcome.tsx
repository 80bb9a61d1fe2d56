import { Button, CloseButton, Text } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../core/failure';
import styles from './Outcome.module.css';

export interface OutcomeTeller {
  /** Something was done; `undo` takes it back. */
  done(text: string, undo?: () => void): void;
  /** Something failed: what the user was after, and why it did not work. */
  failed(text: string, failure: Failure): void;
}

interface Told {
  text: string;
  remedy: string | null;
  undo: (() => void) | null;
}

/** How long a plain success is shown, in milliseconds. */
const plainFor = 8000;

const OutcomeContext = createContext<OutcomeTeller>({ done: () => undefined, failed: () => undefined });

/** Says how an action ended, in one bar at the foot of the page. */
export const useOutcome = (): OutcomeTeller => useContext(OutcomeContext);

/**
 * The bar for `useOutcome`. What can be undone, and what failed, stays until it is dismissed or the next outcome takes its place: nobody who
 * reads slowly, or has to find the undo by keyboard, is raced by a clock. A plain success goes by itself.
 */
export function OutcomeBar({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [told, setTold] = useState<Told | null>(null);
  const done = useCallback(
    (text: string, undo?: () => void) => setTold({ text, remedy: null, undo: undo ?? null }),
    [],
  );
  const failed = useCallback(
    (text: string, { code }: Failure) =>
      setTold({
        text: `${text} ${t(`failure.${code}.sentence`)}`,
        remedy: t(`failure.${code}.remedy`),
        undo: null,
      }),
    [t],
  );
  useEffect(() => {
    if (!told || told.undo || told.remedy !== null) return;
    const timer = setTimeout(() => setTold(null), plainFor);
    return () => clearTimeout(timer);
  }, [told]);
  const teller = useMemo(() => ({ done, failed }), [done, failed]);
  return (
    <OutcomeContext value={teller}>
      {children}
      <div role="status" className={styles.place}>
        {told && (
          <div className={styles.bar} data-error={told.remedy !== null || undefined}>
            <div>
              <Text size="sm" fw={500}>
                {told.text}
              </Text>
              {told.remedy && <Text size="sm">{told.remedy}</Text>}
            </div>
            {told.undo && (
              <Button
                size="compact-sm"
                variant="white"
                onClick={() => {
                  told.undo?.();
                  setTold(null);
                }}
              >
                {t('out.undo')}
              </Button>
            )}
            <CloseButton size="sm" c="inherit" aria-label={t('app.dismiss')} onClick={() => setTold(null)} />
          </div>
        )}
      </div>
    </OutcomeContext>
  );
}
