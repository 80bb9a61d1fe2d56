import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './tabs.module.css';

const panes = ['queue', 'photo', 'answer'] as const;
export type Pane = (typeof panes)[number];

interface Props {
  shown: Pane;
  /** How many photos there are. */
  count: number;
  onShow: (pane: Pane) => void;
  /** What stands above the tabs. */
  children?: ReactNode;
}

export const tabId = (pane: Pane) => `clinic-tab-${pane}`;
export const paneId = (pane: Pane) => `clinic-pane-${pane}`;

/** On a phone the three panes of the clinic stand behind one another. */
export function PaneTabs({ shown, count, onShow, children }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const turn = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    const next = panes[(panes.indexOf(shown) + step + panes.length) % panes.length] as Pane;
    onShow(next);
    list.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus();
  };
  return (
    <div className={styles.foot}>
      {children}
      <div ref={list} className={styles.tabs} role="tablist" aria-label={t('viewer.tabs.label')}>
        {panes.map((pane) => (
          <button
            key={pane}
            type="button"
            role="tab"
            id={tabId(pane)}
            aria-selected={pane === shown}
            aria-controls={paneId(pane)}
            tabIndex={pane === shown ? 0 : -1}
            onClick={() => onShow(pane)}
            onKeyDown={turn}
          >
            {t(`viewer.tabs.${pane}`, { count })}
          </button>
        ))}
      </div>
    </div>
  );
}
