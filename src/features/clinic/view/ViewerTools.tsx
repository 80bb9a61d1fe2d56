import { ActionIcon, Group, Switch, Text, Tooltip } from '@mantine/core';
import { IconBrush, IconHandStop, IconRulerMeasure, IconSquareDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { evidenceQuality } from '../../../core/decision/evidence';
import type { EvidenceMap } from '../model/maps';
import type { WorkbenchPhoto } from '../model/workbench-photo';
import { useClinicServices } from './context';
import { MapControls } from './MapControls';
import { BrushOptions, MeasureOptions, SquareOptions } from './ToolOptions';
import { tools, type ViewerState } from './tools';
import styles from './tools.module.css';

const icons = { pan: IconHandStop, square: IconSquareDashed, measure: IconRulerMeasure, brush: IconBrush };

interface Props {
  photo: WorkbenchPhoto;
  card: Card | null;
  analysis: Analysis | null;
  maps: readonly EvidenceMap[];
  map: EvidenceMap | undefined;
  hasMask: boolean;
  state: ViewerState;
  set: (changes: Partial<ViewerState>) => void;
}

/** What can be done on the photo, and the options of what is being done. */
export function ViewerTools({ photo, card, analysis, maps, map, hasMask, state, set }: Props) {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  const doubt = map && analysis ? doubtOf(map, analysis) : null;
  return (
    <div className={styles.toolbar}>
      <Group gap={4} wrap="nowrap" role="group" aria-label={t('viewer.tools.label')}>
        {tools.map((tool) => {
          const Icon = icons[tool];
          return (
            <Tooltip key={tool} label={t(`viewer.keys.${tool}`)}>
              <ActionIcon
                size={36}
                variant={state.tool === tool ? 'filled' : 'default'}
                data-shortcut={tool}
                aria-label={t(`viewer.keys.${tool}`)}
                aria-pressed={state.tool === tool}
                onClick={() => set({ tool })}
              >
                <Icon size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
          );
        })}
      </Group>
      <Text size="sm" truncate title={photo.name} className={styles.file}>
        {photo.name}
      </Text>
      <Group gap="md">
        {hasMask && (
          <Switch
            label={t('viewer.outline.show')}
            data-shortcut="outline"
            checked={state.outline}
            onChange={({ currentTarget }) => set({ outline: currentTarget.checked })}
          />
        )}
        {map && card && (
          <MapControls
            maps={maps}
            card={card}
            map={map}
            doubt={doubt}
            choice={state.map}
            onChange={(choice) => set({ map: choice })}
          />
        )}
      </Group>
      {state.tool === 'square' && <SquareOptions photo={photo} analysis={analysis} />}
      {state.tool === 'measure' && (
        <MeasureOptions
          key={photo.id}
          photo={photo}
          size={analysis?.photo ?? null}
          drawn={{ lines: photo.lines, chosen: state.line }}
          onChange={({ lines, chosen }) => {
            workbench.setLines(photo.id, lines);
            set({ line: chosen });
          }}
        />
      )}
      {state.tool === 'brush' && (
        <BrushOptions photo={photo} brush={state.brush} onChange={(brush) => set({ brush })} />
      )}
    </div>
  );
}

function doubtOf(map: EvidenceMap, { photo, square, lesion }: Analysis) {
  return evidenceQuality(map, { photo, square, mask: lesion?.mask ?? null }).doubt;
}
