import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { PickHow } from '../../model/picks';
import type { TriageRow } from '../../model/triage-row';
import { useClinicServices } from '../context';
import { useTriageNow } from '../use-triage';
import { placeAfter } from './row-steps';

interface Options {
  columns: number;
  /** Where the photo that is looked at stands; -1 where it does not. */
  selected: number;
  scroller: RefObject<HTMLElement | null>;
}

/**
 * The keys and presses by which photos are looked at and picked, as in a file manager: arrows go, with Shift
 * they pick a range, with Ctrl or Cmd only the focus goes; Space picks one more; Ctrl+A picks all. While a press
 * picks, a plain press or Enter picks one more.
 */
export function useRowKeys(rows: readonly TriageRow[], { columns, selected, scroller }: Options) {
  const { triage } = useClinicServices();
  const { view } = useTriageNow();
  /** Where the focus went without looking at a photo, and from which photo. */
  const [apart, setApart] = useState<{ id: string; from: number } | null>(null);
  const away = apart && apart.from === selected ? rows.findIndex(({ photo }) => photo.id === apart.id) : -1;
  const cursor = away >= 0 ? away : selected;
  const wantsFocus = useRef(false);
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const item = scroller.current?.querySelector<HTMLElement>(`[data-place="${cursor}"] > button`);
    item?.focus({ preventScroll: true });
  });

  const pick = useCallback(
    (id: string, how: PickHow) =>
      triage.pick(
        id,
        how,
        view().rows.map(({ photo }) => photo.id),
      ),
    [triage, view],
  );

  const press = useCallback(
    (id: string, how: PickHow) =>
      pick(id, how === 'only' && triage.store.getState().picking ? 'toggle' : how),
    [triage, pick],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const control = event.ctrlKey || event.metaKey;
    const at = rows[cursor]?.photo.id;
    const handle = (run: () => void) => {
      event.preventDefault();
      run();
    };
    if (event.key === ' ' && at !== undefined) return handle(() => pick(at, 'toggle'));
    if (event.key === 'Escape') return handle(() => triage.clearPicks());
    const to = placeAfter(event.key, { at: cursor, columns, count: rows.length });
    const next = to === null ? undefined : rows[to]?.photo.id;
    if (next === undefined || event.altKey) return;
    handle(() => {
      wantsFocus.current = true;
      if (control && !event.shiftKey) setApart({ id: next, from: selected });
      else pick(next, event.shiftKey ? 'range' : 'only');
    });
  };
  /** A button is pressed when Space is let go: here the key has done its work already. */
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.key === ' ') event.preventDefault();
  };
  return { cursor, press, handlers: { onKeyDown, onKeyUp } };
}

/** What a press of the pointer picks. */
export function howOf({ shiftKey, ctrlKey, metaKey }: MouseEvent): PickHow {
  if (shiftKey) return 'range';
  return ctrlKey || metaKey ? 'toggle' : 'only';
}
