import { Button, CloseButton, Group, Select, Text, TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Size } from '../../../core/geometry';
import { readPresets, type ScalePreset, scaleBy, withPreset } from '../model/scale-presets';

interface Props {
  photo: Size;
  /** Millimetres a pixel; null where none is set. */
  scale: number | null;
  onChange: (scale: number) => void;
}

/** Scales of one's own devices: kept under a name in this browser, and taken for another photo. */
export function ScalePresets({ photo, scale, onChange }: Props) {
  const { t } = useTranslation();
  const [presets, setPresets] = useLocalStorage<ScalePreset[]>({
    key: 'lentigo-scales',
    defaultValue: [],
    deserialize: readPresets,
  });
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const fitting = presets.filter((preset) => scaleBy(preset, photo) !== null);
  const keep = () => {
    if (scale === null || name.trim() === '') return;
    setPresets(withPreset(presets, { name: name.trim(), scale, ...photo }));
    setChosen(name.trim());
    setName('');
  };
  return (
    <Group gap="xs">
      {presets.length === 0 && (
        <Text size="xs" c="dimmed" maw="46rem">
          {t('pane.noDevices')}
        </Text>
      )}
      {fitting.length > 0 && (
        <Select
          size="xs"
          w="11rem"
          aria-label={t('viewer.measure.device')}
          placeholder={t('viewer.measure.device')}
          data={fitting.map((preset) => preset.name)}
          value={chosen}
          onChange={(value) => {
            setChosen(value);
            const preset = fitting.find((candidate) => candidate.name === value);
            const by = preset && scaleBy(preset, photo);
            if (by) onChange(by);
          }}
        />
      )}
      {chosen !== null && (
        <CloseButton
          size="sm"
          aria-label={t('viewer.measure.forget', { name: chosen })}
          onClick={() => {
            setPresets(presets.filter((preset) => preset.name !== chosen));
            setChosen(null);
          }}
        />
      )}
      {scale !== null && (
        <>
          <TextInput
            size="xs"
            w="11rem"
            maxLength={60}
            aria-label={t('viewer.measure.deviceName')}
            placeholder={t('viewer.measure.deviceName')}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              keep();
            }}
          />
          <Button size="compact-sm" variant="default" disabled={name.trim() === ''} onClick={keep}>
            {t('viewer.measure.keep')}
          </Button>
        </>
      )}
    </Group>
  );
}
