import { ActionIcon, Group, Switch, Text, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Size } from '../../core/geometry';
import { HelpTip } from '../HelpTip';
import { type AlignedPhoto, align } from './alignment';
import styles from './pair.module.css';
import { arrowSteps, cssPlace } from './place';
import { useView, type ViewState } from './use-view';
import type { Placement, View } from './view';
import viewer from './viewer.module.css';

export interface PairedPhoto extends AlignedPhoto {
  name: string;
  /** Null until it can be shown. */
  url: string | null;
  /** What stands below it. */
  caption: ReactNode;
}

interface Props {
  first: PairedPhoto;
  second: PairedPhoto;
  /** The height of a stage in pixels, at most. */
  maxHeight: number;
}

/** Pixels between the two stages, and the width below which they stand above each other. */
const gap = 8;
const narrow = 480;

type Views = readonly [View | null, View | null];

/**
 * Two photos laid on each other's place, side by side. While they are linked, what moves or enlarges one does
 * the same to the other: by wheel, finger, mouse and key.
 */
export function PhotoPair({ first, second, maxHeight }: Props) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const [linked, setLinked] = useState(true);
  const [views, setViews] = useState<Views>([null, null]);
  const [last, setLast] = useState<0 | 1>(0);
  const stageWidth = width < narrow ? width : (width - gap) / 2;
  const stage = { width: stageWidth, height: Math.round(Math.min(0.75 * stageWidth, maxHeight)) };
  const aligned = align(first, second, stage);
  const stateOf = (index: 0 | 1): ViewState => [
    views[index],
    (change) => {
      setLast(index);
      setViews((old) => {
        const next = change(old[index]);
        if (linked) return [next, next];
        return index === 0 ? [next, old[1]] : [old[0], next];
      });
    },
  ];
  const link = (on: boolean) => {
    setLinked(on);
    // The other one follows the one that was moved last.
    if (on) setViews((old) => [old[last], old[last]]);
  };
  return (
    <div>
      <Group gap={4} mb="xs">
        <Switch
          size="sm"
          label={t('pane.beside.linked')}
          checked={linked}
          onChange={({ currentTarget }) => link(currentTarget.checked)}
        />
        <HelpTip subject={t('pane.beside.linked')}>{t('pane.beside.linkedMeaning')}</HelpTip>
      </Group>
      <div ref={ref} className={styles.pair} data-narrow={width < narrow || undefined}>
        {width > 0 && (
          <>
            <Stage photo={first} at={aligned.first} stage={stage} state={stateOf(0)} />
            <Stage photo={second} at={aligned.second} stage={stage} state={stateOf(1)} />
          </>
        )}
      </div>
      <Text size="xs" c="dimmed" mt="xs">
        {t(aligned.toScale ? 'caseBook.compare.toScale' : 'caseBook.compare.noScale')}{' '}
        {t(aligned.centred ? 'caseBook.compare.centred' : 'caseBook.compare.notCentred')}
      </Text>
    </div>
  );
}

/** Pixels of the screen that an arrow key moves a photo by. */
const step = 60;

interface StageProps {
  photo: PairedPhoto;
  /** Where the photo lies on a stage that shows all of it. */
  at: Placement;
  stage: Size;
  state: ViewState;
}

function Stage({ photo: { name, url, caption }, at, stage, state }: StageProps) {
  const { t } = useTranslation();
  // What is moved is all that the stage shows at first, in thousandths of its width, so that the view of one
  // stage holds for the other whatever the photos measure.
  const whole = { width: 1000, height: (1000 * stage.height) / stage.width };
  const { stageRef, placement, zoomFactor, zoomIn, zoomOut, move, reset, handlers } = useView(whole, state);
  const key = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const arrow = arrowSteps[event.key];
    const run = { '+': zoomIn, '=': zoomIn, '-': zoomOut, '0': reset }[event.key];
    if (!arrow && !run) return;
    event.preventDefault();
    if (arrow) move({ x: -step * arrow.x, y: -step * arrow.y });
    run?.();
  };
  const buttons = [
    { id: 'zoom-in', Icon: IconZoomIn, run: zoomIn },
    { id: 'zoom-out', Icon: IconZoomOut, run: zoomOut },
    { id: 'zoom-reset', Icon: IconZoomReset, run: reset },
  ] as const;
  return (
    <div>
      <div className={styles.ground} style={{ height: stage.height }}>
        <section
          ref={stageRef}
          className={viewer.stage}
          data-near={zoomFactor > 1 || undefined}
          aria-label={t('pane.beside.stage', { name })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move the photo, as in any part that scrolls
          tabIndex={0}
          onKeyDown={key}
          {...handlers}
        >
          <figure className={viewer.frame} style={placement ?? { visibility: 'hidden' }}>
            {url !== null && (
              <img
                className={styles.photo}
                src={url}
                alt={t('photo.alt', { name })}
                draggable={false}
                style={cssPlace(at, stage)}
              />
            )}
          </figure>
        </section>
        <Group className={viewer.zoom} gap={4}>
          {buttons.map(({ id, Icon, run }) => (
            <Tooltip key={id} label={t(`viewer.keys.${id}`)} position="left">
              <ActionIcon
                size={32}
                variant="filled"
                color="dark"
                aria-label={`${t(`viewer.keys.${id}`)}: ${name}`}
                onClick={run}
              >
                <Icon size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          ))}
        </Group>
      </div>
      <Text size="sm" mt={4}>
        {caption}
      </Text>
    </div>
  );
}
