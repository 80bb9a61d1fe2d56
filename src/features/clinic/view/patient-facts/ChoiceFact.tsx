import { Input, SegmentedControl, Select } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FactLabel, type FactProps } from './FactLabel';

export interface Option {
  id: string;
  name: string;
}

/** No card may call a choice so: ids begin with a letter or a digit. */
const unknown = '';

/** One of a few choices, or unknown. */
export function ChoiceFact({
  name,
  value,
  read,
  onChange,
  options,
}: FactProps & { options: readonly Option[] }) {
  const { t } = useTranslation();
  const id = useId();
  const data = options.map((option) => ({ value: option.id, label: option.name }));
  const chosen = options.some((option) => option.id === value) ? String(value) : unknown;
  const choose = (choice: string | null) => onChange(choice === unknown ? null : choice);
  if (options.length > 3) {
    return (
      <Select
        size="sm"
        label={<FactLabel name={name} read={read} />}
        placeholder={t('facts.unknown')}
        data={data}
        value={chosen === unknown ? null : chosen}
        onChange={choose}
        clearable
      />
    );
  }
  return (
    <div>
      <Input.Label component="div" id={id} size="sm">
        <FactLabel name={name} read={read} />
      </Input.Label>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby={id}
        data={[{ value: unknown, label: t('facts.unknown') }, ...data]}
        value={chosen}
        onChange={choose}
      />
    </div>
  );
}
