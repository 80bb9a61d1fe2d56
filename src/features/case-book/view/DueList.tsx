import { Button, Group, Text, Title } from '@mantine/core';
import { IconCalendarDue } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lesionAddress, patientAddress } from '../../../ui/addresses';
import { useLanguage } from '../../../ui/context';
import type { Due } from '../model/due';
import { formatDay } from './day';
import styles from './patient/patient.module.css';

/** So many are shown at first. */
const shownFirst = 4;

/** Who is to be seen again, those who wait longest first. */
export function DueList({ due }: { due: readonly Due[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [all, setAll] = useState(false);
  if (due.length === 0) return null;
  const overdue = due.filter(({ inDays }) => inDays < 0).length;
  const when = ({ inDays }: Due) =>
    inDays === 0
      ? t('patientPage.due.today')
      : inDays < 0
        ? t('patientPage.due.late', { count: -inDays })
        : t('patientPage.due.in', { count: inDays });
  return (
    <section className={styles.due} aria-label={t('patientPage.due.heading')}>
      <Group gap="xs">
        <IconCalendarDue size={18} aria-hidden />
        <Title order={2} size="sm">
          {t('patientPage.due.heading')}
        </Title>
        {overdue > 0 && (
          <Text size="sm" c="dimmed">
            {t('patientPage.due.overdue', { count: overdue })}
          </Text>
        )}
      </Group>
      <ul>
        {due.slice(0, all ? due.length : shownFirst).map((each) => {
          const { day, patient, lesion, inDays } = each;
          const names = [
            patient && (patient.alias || t('caseBook.unnamed')),
            lesion && (lesion.label || t('caseBook.unnamed')),
          ];
          return (
            <li key={`${patient?.id} ${lesion?.id}`} data-overdue={inDays < 0 || undefined}>
              <a href={lesion ? lesionAddress(lesion.id) : patientAddress(patient?.id ?? '')}>
                <span>{names.filter(Boolean).join(', ')}</span>
                <span title={formatDay(`${day}T12:00:00`, language)}>{when(each)}</span>
              </a>
            </li>
          );
        })}
      </ul>
      {due.length > shownFirst && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(!all)}>
          {all ? t('patientPage.due.fewer') : t('patientPage.due.more', { count: due.length })}
        </Button>
      )}
    </section>
  );
}
