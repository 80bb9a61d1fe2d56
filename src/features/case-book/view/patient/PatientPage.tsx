import { Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localDay } from '../../../../core/day';
import { oddOneOut } from '../../../../core/decision/odd-one-out';
import { ageOn, type Patient, type RecordLesion } from '../../../../records/record';
import { lesionAddress } from '../../../../ui/addresses';
import { numberedCases } from '../../model/patient';
import type { Case } from '../../model/search';
import { visitsOf } from '../../model/visits';
import { PlaceDialog } from '../body/PlaceDialog';
import book from '../case-book.module.css';
import { LesionList } from './LesionList';
import { LesionPins } from './LesionPins';
import { NextVisit } from './NextVisit';
import { OddOneOutSection } from './OddOneOutSection';
import { PatientNotes } from './PatientNotes';
import { PatientReportButton } from './PatientReportButton';
import styles from './patient.module.css';
import { VisitList } from './VisitList';

interface Props {
  patient: Patient;
  /** All cases; the patient's are taken from them. */
  cases: readonly Case[];
}

/** A patient: all lesions on the body map, the visits, when the next one is, and what was noted. */
export function PatientPage({ patient, cases }: Props) {
  const { t } = useTranslation();
  const numbered = useMemo(() => numberedCases(cases, patient.id), [cases, patient.id]);
  const own = useMemo(() => numbered.map(({ lesionCase }) => lesionCase), [numbered]);
  const visits = useMemo(() => visitsOf(own, localDay), [own]);
  const odd = useMemo(
    () =>
      oddOneOut(
        own.map(({ lesion, entries }) => ({
          id: lesion.id,
          analyses: entries.map(({ analysis }) => analysis),
        })),
      ),
    [own],
  );
  const [active, setActive] = useState<string | null>(null);
  const [placing, setPlacing] = useState<RecordLesion | null>(null);
  const open = (lesionId: string) => {
    window.location.hash = lesionAddress(lesionId);
  };
  const age = ageOn(patient, new Date().toISOString());
  const facts = [
    patient.birthYear !== null && t('patientPage.facts.born', { year: patient.birthYear }),
    patient.birthYear === null && age !== null && t('patientPage.facts.age', { age }),
    patient.sex && t(`report.sex.${patient.sex}`),
    t('patientPage.facts.lesions', { count: own.length }),
    t('patientPage.facts.visits', { count: visits.length }),
  ];
  return (
    <article className={book.case}>
      <header className={styles.head}>
        <div>
          <Title order={2} size="h3">
            {t('patientPage.heading', { alias: patient.alias || t('caseBook.unnamed') })}
          </Title>
          <Text size="sm" c="dimmed">
            {facts.filter(Boolean).join(' · ')}
          </Text>
        </div>
        <PatientReportButton patient={patient} numbered={numbered} visits={visits} />
        <NextVisit
          kind="patients"
          id={patient.id}
          day={patient.nextVisit}
          met={patient.nextVisit !== null && (visits[0]?.day ?? '') >= patient.nextVisit}
        />
      </header>
      {own.length === 0 ? (
        <Text size="sm">{t('patientPage.noLesions')}</Text>
      ) : (
        <div className={styles.overview}>
          <section aria-label={t('patientPage.map.heading')}>
            <Title order={3} size="sm" mb="xs">
              {t('patientPage.map.heading')}
            </Title>
            <LesionPins numbered={numbered} active={active} onActive={setActive} onOpen={open} />
          </section>
          <section aria-label={t('patientPage.lesions')}>
            <Title order={3} size="sm" mb="xs">
              {t('patientPage.lesions')}
            </Title>
            <LesionList
              numbered={numbered}
              odd={odd.standings?.flatMap(({ id, apart }) => (apart ? [id] : [])) ?? []}
              active={active}
              onActive={setActive}
              onOpen={open}
              onPlace={setPlacing}
            />
          </section>
        </div>
      )}
      <OddOneOutSection numbered={numbered} found={odd} />
      <VisitList visits={visits} numbered={numbered} onOpen={open} />
      <PatientNotes key={patient.id} patient={patient} />
      {placing && <PlaceDialog lesion={placing} onClose={() => setPlacing(null)} />}
    </article>
  );
}
