import { Button, Group, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { lesionAddress, useHashParameter } from '../../../ui/addresses';
import { useCases, useServices } from '../../../ui/context';
import styles from './session.module.css';

/** For which lesion photos are brought, where somebody came here to add one to it. */
export function LesionTarget() {
  const { t } = useTranslation();
  const { cases } = useServices();
  const lesionId = useHashParameter('lesion');
  const state = useCases((all) => all.state);
  const { lesions, patients } = useCases(({ records }) => records);
  useEffect(() => {
    if (lesionId !== null && state === 'absent') void cases.load();
  }, [lesionId, state, cases]);
  if (lesionId === null || state !== 'ready') return null;
  const lesion = lesions.find(({ id }) => id === lesionId);
  const patient = patients.find(({ id }) => id === lesion?.patientId);
  const name = [patient?.alias, lesion?.label || t('caseBook.unnamed')].filter(Boolean).join(', ');
  return (
    <section className={styles.offer} aria-label={t('patientPage.taking.region')}>
      <Text size="sm" role="status">
        {lesion ? t('patientPage.taking.what', { name }) : t('patientPage.taking.gone')}
      </Text>
      <Group gap="xs">
        {lesion && (
          <Button component="a" href={lesionAddress(lesionId)} size="compact-sm" variant="default">
            {t('patientPage.taking.back')}
          </Button>
        )}
        <Button component="a" href="#/clinic" size="compact-sm" variant="subtle">
          {t('patientPage.taking.stop')}
        </Button>
      </Group>
    </section>
  );
}
