import { Button, CloseButton, Text } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../core/failure';
import styles from './Outcome.module.css';

export interface OutcomeNotifier {
  /** Something was done; `undo` takes it back. */
  done(text: string, undo?: () => void): void;
  /** Something failed: what the user was after, and why it did not work. */
  failed(text: string, failure: Failure): void;
}

interface Notice {
  text: string;
  remedy: string | null;
  undo: (() => void) | null;
}

/** How long a plain success is shown, in milliseconds. */
const plainFor = 8000;

const OutcomeContext = createContext<OutcomeNotifier>({ done: () => undefined, failed: () => undefined });

/** Says how an action ended, in one bar at the foot of the page. */
export const useOutcome = (): OutcomeNotifier => useContext(OutcomeContext);

/**
 * The bar for `useOutcome`. What can be undone, and what failed, stays until it is dismissed or the next
 * outcome takes its place: nobody who reads slowly, or has to find the undo by keyboard, is raced by a clock.
 * A plain success goes by itself.
 */
export function OutcomeBar({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [notice, setNotice] = useState<Notice | null>(null);
  const done = useCallback(
    (text: string, undo?: () => void) => setNotice({ text, remedy: null, undo: undo ?? null }),
    [],
  );
  const failed = useCallback(
    (text: string, { code }: Failure) =>
      setNotice({
        text: `${text} ${t(`failure.${code}.sentence`)}`,
        remedy: t(`failure.${code}.remedy`),
        undo: null,
      }),
    [t],
  );
  useEffect(() => {
    if (!notice || notice.undo || notice.remedy !== null) return;
    const timer = setTimeout(() => setNotice(null), plainFor);
    return () => clearTimeout(timer);
  }, [notice]);
  const notifier = useMemo(() => ({ done, failed }), [done, failed]);
  return (
    <OutcomeContext value={notifier}>
      {children}
      <div role="status" className={styles.place}>
        {notice && (
          <div className={styles.bar} data-error={notice.remedy !== null || undefined}>
            <div>
              <Text size="sm" fw={500}>
                {notice.text}
              </Text>
              {notice.remedy && <Text size="sm">{notice.remedy}</Text>}
            </div>
            {notice.undo && (
              <Button
                size="compact-sm"
                variant="white"
                onClick={() => {
                  notice.undo?.();
                  setNotice(null);
                }}
              >
                {t('export.undo')}
              </Button>
            )}
            <CloseButton
              size="sm"
              c="inherit"
              aria-label={t('app.dismiss')}
              onClick={() => setNotice(null)}
            />
          </div>
        )}
      </div>
    </OutcomeContext>
  );
}
