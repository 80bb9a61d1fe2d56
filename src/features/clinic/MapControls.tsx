import { Group, Select, Slider, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationMaps } from '../../core/analysis';
import type { Card } from '../../core/card';
import { mapGradient } from '../../ui/activation-picture';
import { useLanguage } from '../../ui/context';
import { Meaning } from '../../ui/Meaning';
import styles from './clinic.module.css';

/** What of the class activation maps is shown. */
export interface MapChoice {
  shown: boolean;
  /** Null follows the most probable class. */
  classId: string | null;
  /** 0 to 1. */
  opacity: number;
}

interface Props {
  maps: ActivationMaps;
  card: Card;
  /** The class whose map is shown now. */
  classId: string;
  choice: MapChoice;
  onChange: (choice: MapChoice) => void;
}

export function MapControls({ maps, card, classId, choice, onChange }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const classes = card.classes.filter(({ id }) => maps.planes.some((plane) => plane.classId === id));
  return (
    <div className={styles.mapControls}>
      <Group gap={4} wrap="nowrap">
        <Switch
          label={t('map.show')}
          checked={choice.shown}
          onChange={({ currentTarget: { checked } }) => onChange({ ...choice, shown: checked })}
        />
        <Meaning subject={t('map.show')}>{t('map.meaning')}</Meaning>
      </Group>
      {choice.shown && (
        <>
          <Select
            size="xs"
            w="10rem"
            aria-label={t('map.class')}
            allowDeselect={false}
            value={classId}
            onChange={(id) => onChange({ ...choice, classId: id })}
            data={classes.map(({ id, name }) => ({ value: id, label: read(name) }))}
          />
          <div className={styles.legend}>
            <Text size="xs">{t('map.none')}</Text>
            <span style={{ background: mapGradient }} />
            <Text size="xs">{t('map.most')}</Text>
          </div>
          <Slider
            className={styles.opacity}
            size="sm"
            thumbLabel={t('map.opacity')}
            value={Math.round(100 * choice.opacity)}
            onChange={(value) => onChange({ ...choice, opacity: value / 100 })}
            label={(value) => `${value}\u00a0%`}
            min={0}
            max={100}
            step={5}
          />
        </>
      )}
    </div>
  );
}
