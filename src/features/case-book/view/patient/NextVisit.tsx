import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localDay } from '../../../../core/day';
import { isDay, monthsAfter } from '../../../../core/later-day';
import { useServices } from '../../../../ui/context';
import { useOutcome } from '../../../../ui/Outcome';
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
  const notify = useOutcome();
  const [text, setText] = useState(day ?? '');
  const [known, setKnown] = useState(day);
  if (day !== known) {
    setKnown(day);
    setText(day ?? '');
  }
  const write = async (nextVisit: string | null) => {
    setText(nextVisit ?? '');
    if (nextVisit === day) return;
    const written = await cases.edit(kind, id, () => ({ nextVisit }));
    if (!written.ok) notify.failed(t('caseBook.writeFailed'), written.failure);
  };
  const valid = text === '' || isDay(text);
  return (
    <div className={styles.next}>
      <Group gap="xs" align="flex-end">
        <TextInput
          type="date"
          size="sm"
          label={t(kind === 'patients' ? 'patientPage.next.label' : 'patientPage.next.ofLesion')}
          value={text}
          max="2200-12-31"
          error={!valid && t('patientPage.next.noDay')}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={() => valid && void write(text === '' ? null : text)}
        />
        <Group gap={4}>
          {[3, 6].map((months) => (
            <Button
              key={months}
              size="compact-sm"
              variant="default"
              onClick={() => void write(monthsAfter(localDay(), months))}
            >
              {t('patientPage.next.months', { count: months })}
            </Button>
          ))}
          <Button size="compact-sm" variant="default" onClick={() => void write(monthsAfter(localDay(), 12))}>
            {t('patientPage.next.year')}
          </Button>
          {day !== null && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void write(null)}>
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
    </div>
  );
}
