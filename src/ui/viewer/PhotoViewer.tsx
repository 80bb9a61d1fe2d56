import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconMaximize, IconPhotoOff, IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Size } from '../../core/geometry';
import { useView } from './use-view';
import styles from './viewer.module.css';

interface Props {
  url: string;
  name: string;
  /** Laid over the photo, which fills them: given its size in pixels. */
  layers: (photo: Size) => ReactNode;
  /** A tool has the pointer: the photo does not show the hand that would move it. */
  tooled: boolean;
  /** What is shown in full screen: the viewer with its tools. */
  fullScreen: () => void;
}

const arrows: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: 60, y: 0 },
  ArrowRight: { x: -60, y: 0 },
  ArrowUp: { x: 0, y: 60 },
  ArrowDown: { x: 0, y: -60 },
};

/** A photo, upright, on a dark ground, as near as one likes. */
export function PhotoViewer({ url, name, layers, tooled, fullScreen }: Props) {
  const { t } = useTranslation();
  const [size, setSize] = useState<Size | 'unreadable' | null>(null);
  const photo = size === 'unreadable' ? null : size;
  const { stageRef, placement, zoomFactor, zoomIn, zoomOut, move, reset, handlers } = useView(photo);
  const key = (event: KeyboardEvent) => {
    const by = arrows[event.key];
    if (!by || event.target !== event.currentTarget) return;
    event.preventDefault();
    move(by);
  };
  const buttons = [
    { id: 'zoom-in', Icon: IconZoomIn, run: zoomIn },
    { id: 'zoom-out', Icon: IconZoomOut, run: zoomOut },
    { id: 'zoom-reset', Icon: IconZoomReset, run: reset },
    { id: 'full-screen', Icon: IconMaximize, run: fullScreen },
  ] as const;
  return (
    <div className={styles.viewer}>
      <section
        ref={stageRef}
        className={styles.stage}
        data-tooled={tooled || undefined}
        data-near={zoomFactor > 1 || undefined}
        aria-label={t('viewer.stage')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the photo, as in any part that scrolls
        tabIndex={0}
        onKeyDown={key}
        {...handlers}
      >
        {size === 'unreadable' ? (
          <div className={styles.unreadable}>
            <IconPhotoOff size={48} stroke={1.25} aria-hidden />
            {t('photo.unreadable', { name })}
          </div>
        ) : (
          <figure className={styles.frame} style={placement ?? { visibility: 'hidden' }}>
            <img
              className={styles.photo}
              src={url}
              alt={t('photo.alt', { name })}
              draggable={false}
              onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
                setSize({ width, height })
              }
              onError={() => setSize('unreadable')}
            />
            {photo && layers(photo)}
          </figure>
        )}
      </section>
      <Group className={styles.zoom} gap={4}>
        {buttons.map(({ id, Icon, run }) => (
          <Tooltip key={id} label={t(`viewer.keys.${id}`)} position="left">
            <ActionIcon
              size={36}
              variant="filled"
              color="dark"
              data-shortcut={id}
              aria-label={t(`viewer.keys.${id}`)}
              onClick={run}
            >
              <Icon size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ))}
      </Group>
    </div>
  );
}
