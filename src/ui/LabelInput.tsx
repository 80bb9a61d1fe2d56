import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import type { Card } from '../core/card/card';
import { useLanguage } from './context';

interface Props extends Omit<AutocompleteProps, 'value' | 'onChange' | 'data'> {
  /** The cards whose classes are offered. */
  cards: readonly Card[];
  /** A class id or own words; '' for nothing. */
  value: string;
  onChange: (label: string) => void;
}

/** A diagnosis: a class of one of the cards, kept as its id, or own words. */
export function LabelInput({ cards, value, onChange, ...rest }: Props) {
  const { read } = useLanguage();
  const names = new Map(cards.flatMap(({ classes }) => classes.map(({ id, name }) => [id, read(name)])));
  const ids = new Map([...names].map(([id, name]) => [name, id]));
  return (
    <Autocomplete
      {...rest}
      data={[...new Set(names.values())]}
      value={names.get(value) ?? value}
      onChange={(written) => onChange(ids.get(written) ?? written)}
    />
  );
}
