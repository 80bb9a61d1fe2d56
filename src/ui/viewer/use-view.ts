import { type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Point, Size } from '../../core/geometry';
import { movedBy, placementOf, type View, wholePhoto, zoomedAt } from './view';

/** One press of a key or a button. */
const step = 1.3;

/** A view that is kept elsewhere, because it is that of two stages; null shows the whole photo. */
export type ViewState = readonly [View | null, (change: (view: View | null) => View | null) => void];

/**
 * Zoom and pan of a photo on a stage: by wheel, by one pointer and by two, by key. `photo` is null until its
 * size is known.
 */
export function useView(photo: Size | null, shared?: ViewState) {
  const [element, stageRef] = useState<HTMLElement | null>(null);
  const [stage, setStage] = useState<Size>({ width: 1, height: 1 });
  const own = useState<View | null>(null);
  const [view, setView] = shared ?? own;
  const pointers = useRef(new Map<number, Point>());
  const now = photo && (view ?? wholePhoto(photo));

  const zoom = (factor: number, at: Point = { x: stage.width / 2, y: stage.height / 2 }) =>
    photo && setView((old) => zoomedAt(old ?? wholePhoto(photo), factor, at, photo, stage));
  const move = (by: Point) => photo && setView((old) => movedBy(old ?? wholePhoto(photo), by, photo, stage));
  const reset = () => setView(() => null);
  const onStage = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const { left = 0, top = 0 } = element?.getBoundingClientRect() ?? {};
    return { x: clientX - left, y: clientY - top };
  };

  const wheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    // A pinch on a touchpad comes as a wheel with Ctrl, in small steps.
    zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), onStage(event));
  });
  useEffect(() => {
    if (!element) return;
    const listener = (event: WheelEvent) => wheel(event);
    // React listens passively, and then the page scrolls as well.
    element.addEventListener('wheel', listener, { passive: false });
    const observer = new ResizeObserver(() =>
      setStage({ width: Math.max(1, element.clientWidth), height: Math.max(1, element.clientHeight) }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', listener);
    };
  }, [element]);

  const handlers = {
    onPointerDown(event: PointerEvent) {
      if (event.button > 1 || (event.target as Element).closest('button')) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pointers.current.set(event.pointerId, onStage(event));
    },
    onPointerMove(event: PointerEvent) {
      const before = pointers.current.get(event.pointerId);
      if (!before) return;
      const after = onStage(event);
      const [other] = [...pointers.current]
        .filter(([id]) => id !== event.pointerId)
        .map(([, place]) => place);
      pointers.current.set(event.pointerId, after);
      if (other) {
        const middle = { x: (after.x + other.x) / 2, y: (after.y + other.y) / 2 };
        zoom(distance(after, other) / Math.max(1, distance(before, other)), middle);
        move({ x: (after.x - before.x) / 2, y: (after.y - before.y) / 2 });
      } else {
        move({ x: after.x - before.x, y: after.y - before.y });
      }
    },
    onPointerUp: (event: PointerEvent) => void pointers.current.delete(event.pointerId),
    onPointerCancel: (event: PointerEvent) => void pointers.current.delete(event.pointerId),
  };

  return {
    stageRef,
    /** Null until the photo's size is known. */
    placement: photo && now && placementOf(now, photo, stage),
    zoomFactor: now?.zoom ?? 1,
    zoomIn: () => zoom(step),
    zoomOut: () => zoom(1 / step),
    move,
    reset,
    handlers,
  };
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
