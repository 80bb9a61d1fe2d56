import { NumberInput } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FactLabel, type FactProps } from './FactLabel';

/**
 * How long after the last key a number counts, in milliseconds: every digit of "45" would run the model
 * otherwise.
 */
const pause = 600;

/** A number, or unknown where the field is empty. */
export function NumberFact({ name, value, read, onChange }: FactProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | number>(value ?? '');
  const [shown, setShown] = useState(value);
  // Another photo, or another hand, has changed it.
  if (shown !== value) {
    setShown(value);
    setTyped(value ?? '');
  }
  const wanted = typed === '' || typed === '-' ? null : Number(typed);
  const commit = () => {
    if (wanted !== value) onChange(wanted);
  };
  const commitLater = useEffectEvent(commit);
  useEffect(() => {
    if (wanted === value) return;
    const timer = setTimeout(commitLater, pause);
    return () => clearTimeout(timer);
  }, [wanted, value]);
  return (
    <NumberInput
      size="sm"
      label={<FactLabel name={name} read={read} />}
      placeholder={t('facts.unknown')}
      value={typed}
      onChange={setTyped}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
      min={0}
      max={120}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      hideControls
    />
  );
}
