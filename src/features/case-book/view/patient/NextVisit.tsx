import { Button, Group, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localDay } from '../../../../core/day';
import { isDay, monthsAfter } from '../../../../core/later-day';
import { useServices } from '../../../../ui/context';
import { useField } from '../use-field';
import { useFieldWriter } from '../use-field-writer';
import styles from './patient.module.css';

interface Props {
  kind: 'patients' | 'lesions';
  id: string;
  /** "2026-11-29"; null where none is set. */
  day: string | null;
  /** Somebody was seen on that day or later. */
  met: boolean;
}

/** When a patient, or a single lesion, is to be seen again. */
export function NextVisit({ kind, id, day, met }: Props) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const field = useField(day ?? '');
  const { leave, question } = useFieldWriter();
  const name = t(kind === 'patients' ? 'patientPage.next.label' : 'patientPage.next.ofLesion');
  const write = (value: string) => {
    field.set(value);
    void leave({
      name,
      field: { ...field, value },
      joinedBy: null,
      write: (value, known) =>
        cases.edit(kind, id, () => ({ nextVisit: value || null }), { nextVisit: known || null }),
      stored: () => cases.store.getState().records[kind].find((record) => record.id === id)?.nextVisit ?? '',
    });
  };
  const valid = field.value === '' || isDay(field.value);
  return (
    <div className={styles.next}>
      <Group gap="xs" align="flex-end">
        <TextInput
          type="date"
          size="sm"
          label={name}
          value={field.value}
          max="2200-12-31"
          error={!valid && t('patientPage.next.noDay')}
          onChange={(event) => field.set(event.currentTarget.value)}
          onBlur={() => valid && write(field.value)}
        />
        <Group gap={4}>
          {[3, 6].map((months) => (
            <Button
              key={months}
              size="compact-sm"
              variant="default"
              onClick={() => write(monthsAfter(localDay(), months))}
            >
              {t('patientPage.next.months', { count: months })}
            </Button>
          ))}
          <Button size="compact-sm" variant="default" onClick={() => write(monthsAfter(localDay(), 12))}>
            {t('patientPage.next.year')}
          </Button>
          {day !== null && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => write('')}>
              {t('patientPage.next.none')}
            </Button>
          )}
        </Group>
      </Group>
      {met && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('patientPage.next.met')}
        </Text>
      )}
      {question}
    </div>
  );
}
