import { Checkbox, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localDay, noonOf } from '../../../../core/day';
import type { WorkbenchPhoto } from '../../model/workbench-photo';

export interface ChosenDay {
  /** "2026-03-12". */
  day: string;
  /** Photos that say a day of their own have it. */
  own: boolean;
}

/** The day of all of them where they say one; else each its own, and today for those that say none. */
export function proposedDay(photos: readonly WorkbenchPhoto[]): ChosenDay {
  const days = new Set(photos.map(({ origin }) => origin.day));
  const [only] = days;
  if (days.size === 1 && only) return { day: only, own: false };
  return { day: localDay(), own: days.size > 1 };
}

interface Props {
  photos: readonly WorkbenchPhoto[];
  chosen: ChosenDay;
  onChange: (chosen: ChosenDay) => void;
}

/** When the photos were taken: one day, or each the day that its name or file says. */
export function DayChoice({ photos, chosen, onChange }: Props) {
  const { t } = useTranslation();
  const said = photos.filter(({ origin }) => origin.day !== null);
  const days = new Set(said.map(({ origin }) => origin.day)).size;
  const several = days > 1 || (days === 1 && said.length < photos.length);
  return (
    <Group align="flex-end" gap="md">
      <TextInput
        type="date"
        label={t(several && chosen.own ? 'caseBook.batch.otherDay' : 'caseBook.takenOn')}
        value={chosen.day}
        min="1900-01-01"
        max={localDay()}
        error={noonOf(chosen.day) === null && t('caseBook.save.noDay')}
        required
        onChange={(event) => onChange({ ...chosen, day: event.currentTarget.value })}
      />
      {several && (
        <Checkbox
          pb="xs"
          label={t('caseBook.batch.ownDay', { count: said.length })}
          checked={chosen.own}
          onChange={(event) => onChange({ ...chosen, own: event.currentTarget.checked })}
        />
      )}
    </Group>
  );
}
