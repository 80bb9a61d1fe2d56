import { Group, Select, Slider, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import type { EvidenceQuality } from '../../../core/decision/evidence';
import { mapGradient } from '../../../core/image/activation-picture';
import { useLanguage } from '../../../ui/context';
import { HelpTip } from '../../../ui/HelpTip';
import { classOf, type EvidenceMap } from '../model/maps';
import styles from './tools.module.css';

/** What of the maps is shown. */
export interface MapChoice {
  shown: boolean;
  /** Null follows the most probable class. */
  key: string | null;
  /** 0 to 1. */
  opacity: number;
}

interface Props {
  maps: readonly EvidenceMap[];
  card: Card;
  /** The map that is shown now. */
  map: EvidenceMap;
  /** Why the map may mean little; null where it may speak for itself. */
  doubt: EvidenceQuality['doubt'];
  choice: MapChoice;
  onChange: (choice: MapChoice) => void;
}

export function MapControls({ maps, card, map, doubt, choice, onChange }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const nameOf = ({ kind, of }: EvidenceMap) => {
    const found = classOf(card, of);
    if (kind === 'class') return found ? read(found.name) : of;
    return t(of === 'mask' ? 'viewer.map.attentionMask' : 'viewer.map.attentionMetadata');
  };
  const group = (kind: EvidenceMap['kind'], name: string) => ({
    group: name,
    items: maps.filter((map) => map.kind === kind).map((map) => ({ value: map.key, label: nameOf(map) })),
  });
  return (
    <div className={styles.mapControls}>
      <Group gap={4} wrap="nowrap">
        <Switch
          label={t('map.show')}
          data-shortcut="map"
          checked={choice.shown}
          onChange={({ currentTarget: { checked } }) => onChange({ ...choice, shown: checked })}
        />
        <HelpTip subject={t('map.show')}>
          {t(map.kind === 'class' ? 'map.meaning' : 'viewer.map.attentionMeaning')}
        </HelpTip>
      </Group>
      {choice.shown && (
        <>
          <Select
            size="xs"
            w="11rem"
            aria-label={t('map.class')}
            allowDeselect={false}
            value={map.key}
            onChange={(key) => onChange({ ...choice, key })}
            data={[
              group('class', t('viewer.map.classes')),
              group('attention', t('viewer.map.attention')),
            ].filter(({ items }) => items.length > 0)}
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
          {doubt && (
            <Text size="xs" role="note" className={styles.doubt}>
              {t(`report.photo.doubt.${doubt}`)}
            </Text>
          )}
        </>
      )}
    </div>
  );
}
