import { Slider, Text } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Size } from '../../../core/geometry';
import { type CircleRoi, roiRadii } from '../../../core/lesion/seeded-segmentation';
import { arrowSteps, cssPlace, placeOn } from '../../../ui/viewer/place';
import styles from './abcde.module.css';

interface Props {
  photo: Size;
  roi: CircleRoi;
  onMove: (ring: CircleRoi) => void;
}

const percent = 100;

/**
 * The ring around the spot, over the whole photo: dragged by finger, put elsewhere by a tap, moved by the
 * arrow keys.
 */
export function RoiCircle({ photo, roi, onMove }: Props) {
  const { t } = useTranslation();
  const layer = useRef<HTMLDivElement>(null);
  /** Where within the ring it is held. */
  const hold = useRef<{ x: number; y: number } | null>(null);
  const moveTo = (x: number, y: number) =>
    onMove({
      ...roi,
      x: Math.max(0, Math.min(x, photo.width)),
      y: Math.max(0, Math.min(y, photo.height)),
    });
  const at = (event: { clientX: number; clientY: number }) =>
    placeOn(layer.current as HTMLDivElement, event, photo);
  const take = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const { x, y } = at(event);
    hold.current = { x: x - roi.x, y: y - roi.y };
  };
  const drag = (event: PointerEvent) => {
    if (!hold.current) return;
    const { x, y } = at(event);
    moveTo(x - hold.current.x, y - hold.current.y);
  };
  const key = (event: KeyboardEvent) => {
    const step = arrowSteps[event.key];
    if (!step) return;
    event.preventDefault();
    const by = (event.shiftKey ? 0.05 : 0.01) * Math.min(photo.width, photo.height);
    moveTo(roi.x + by * step.x, roi.y + by * step.y);
  };
  const { x, y, radius } = roi;
  return (
    // A tap beside the ring brings it there; the ring itself is the button that keys and screen readers reach.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      ref={layer}
      className={styles.roiLayer}
      onClick={(event) => {
        if (event.target !== event.currentTarget) return;
        const place = at(event);
        moveTo(place.x, place.y);
      }}
    >
      <button
        type="button"
        className={styles.roi}
        style={cssPlace({ left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius }, photo)}
        aria-label={t('selfCheck.abcde.roi')}
        onPointerDown={take}
        onPointerMove={drag}
        onPointerUp={() => {
          hold.current = null;
        }}
        onPointerCancel={() => {
          hold.current = null;
        }}
        onKeyDown={key}
      />
    </div>
  );
}

/** How large the ring is. */
export function RoiSize({ photo, roi, onMove }: Props) {
  const { t } = useTranslation();
  const short = Math.min(photo.width, photo.height);
  return (
    <div>
      <Text size="sm" aria-hidden>
        {t('selfCheck.abcde.roiSize')}
      </Text>
      <Slider
        size="lg"
        label={null}
        thumbLabel={t('selfCheck.abcde.roiSize')}
        min={percent * roiRadii.min}
        max={percent * roiRadii.max}
        step={1}
        value={(percent * roi.radius) / short}
        onChange={(value) => onMove({ ...roi, radius: (value / percent) * short })}
      />
    </div>
  );
}
