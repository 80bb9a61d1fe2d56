import { Button, Group, NumberInput, SegmentedControl, Slider, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import { type Size, sameSquare } from '../../../core/geometry';
import { useLanguage } from '../../../ui/context';
import { formatDifference } from '../../../ui/format';
import { type WorkbenchPhoto, withoutLastStroke } from '../model/workbench-photo';
import { useClinicServices } from './context';
import { ScalePresets } from './ScalePresets';
import type { Brush } from './tools';
import styles from './tools.module.css';
import { lengthOf, type MeasuringLines, withoutChosen } from './viewer/MeasureLayer';

/** Where the model looks: as it chose, as it was moved, and kept for one lesion of several. */
export function SquareOptions({ photo, analysis }: { photo: WorkbenchPhoto; analysis: Analysis | null }) {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  const now = photo.square ?? analysis?.square ?? null;
  const inList = now !== null && photo.squares.some((square) => sameSquare(square, now));
  return (
    <Group gap="xs" className={styles.options}>
      <Text size="sm">{t('viewer.square.help')}</Text>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!now || inList}
        onClick={() => now && workbench.setSquares(photo.id, [...photo.squares, now])}
      >
        {t('viewer.square.keep')}
      </Button>
      {now && inList && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() =>
            workbench.setSquares(
              photo.id,
              photo.squares.filter((square) => !sameSquare(square, now)),
            )
          }
        >
          {t('viewer.square.drop')}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        disabled={photo.square === null}
        onClick={() => workbench.override(photo.id, { square: null })}
      >
        {t('viewer.square.reset')}
      </Button>
    </Group>
  );
}

interface MeasureProps {
  photo: WorkbenchPhoto;
  /** Of the photo in pixels; null before it is known. */
  size: Size | null;
  drawn: MeasuringLines;
  onChange: (drawn: MeasuringLines) => void;
}

/** The scale of the photo, from a line whose length is known: of a ruler in the picture, say. */
export function MeasureOptions({ photo, size, drawn, onChange }: MeasureProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { workbench } = useClinicServices();
  const [millimetres, setMillimetres] = useState<number | string>(10);
  const line = drawn.lines[drawn.chosen] ?? drawn.lines.at(-1);
  const pixels = line ? lengthOf(line) : 0;
  const possible = typeof millimetres === 'number' && millimetres > 0 && pixels >= 2;
  return (
    <form
      className={styles.options}
      onSubmit={(event) => {
        event.preventDefault();
        if (possible) workbench.override(photo.id, { scale: millimetres / pixels });
      }}
    >
      <Text size="sm">
        {photo.scale === null
          ? t('viewer.measure.noScale')
          : t('viewer.measure.scale', { scale: formatDifference(photo.scale, language) })}
      </Text>
      <Group gap="xs">
        <NumberInput
          size="xs"
          w="6.5rem"
          min={0.1}
          max={1000}
          decimalScale={2}
          suffix=" mm"
          aria-label={t('viewer.measure.known')}
          value={millimetres}
          onChange={setMillimetres}
        />
        <Button size="compact-sm" variant="default" type="submit" disabled={!possible}>
          {t('viewer.measure.set')}
        </Button>
        {photo.scale !== null && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => workbench.override(photo.id, { scale: null })}
          >
            {t('viewer.measure.clear')}
          </Button>
        )}
        {drawn.lines.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => onChange(withoutChosen(drawn))}>
            {t('viewer.measure.remove')}
          </Button>
        )}
      </Group>
      {size && (
        <ScalePresets
          photo={size}
          scale={photo.scale}
          onChange={(scale) => workbench.override(photo.id, { scale })}
        />
      )}
    </form>
  );
}

interface BrushProps {
  photo: WorkbenchPhoto;
  brush: Brush;
  onChange: (brush: Brush) => void;
}

export function BrushOptions({ photo, brush, onChange }: BrushProps) {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  const { mask } = photo;
  return (
    <Group gap="xs" className={styles.options}>
      {brush.shape === 'polygon' && <Text size="sm">{t('viewer.brush.polygonHelp')}</Text>}
      <SegmentedControl
        size="xs"
        aria-label={t('viewer.brush.mode')}
        value={brush.add ? 'paint' : 'erase'}
        onChange={(value) => onChange({ ...brush, add: value === 'paint' })}
        data={[
          { value: 'paint', label: t('viewer.brush.paint') },
          { value: 'erase', label: t('viewer.brush.erase') },
        ]}
      />
      <button
        type="button"
        hidden
        data-shortcut="erase"
        onClick={() => onChange({ ...brush, add: !brush.add })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('viewer.brush.shape')}
        value={brush.shape}
        onChange={(shape) => onChange({ ...brush, shape })}
        data={[
          { value: 'brush', label: t('viewer.brush.brush') },
          { value: 'polygon', label: t('viewer.brush.polygon') },
        ]}
      />
      <Slider
        w="7rem"
        disabled={brush.shape === 'polygon'}
        size="sm"
        min={1}
        max={30}
        value={brush.size}
        onChange={(size) => onChange({ ...brush, size })}
        thumbLabel={t('viewer.brush.size')}
        label={(value) => `${value}\u00a0%`}
      />
      <Button
        size="compact-sm"
        variant="default"
        data-shortcut="undo"
        disabled={!mask || mask.edits.length === 0}
        onClick={() => mask && workbench.override(photo.id, { mask: withoutLastStroke(mask) })}
      >
        {t('viewer.brush.undo')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!mask}
        onClick={() => workbench.override(photo.id, { mask: null })}
      >
        {t('viewer.brush.reset')}
      </Button>
    </Group>
  );
}
