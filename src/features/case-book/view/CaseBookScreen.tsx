import { Button, Loader, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localDay } from '../../../core/day';
import { casesAddress, lesionAddress, patientAddress, useHashParameter } from '../../../ui/addresses';
import { useCases, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { later } from '../../../ui/later';
import { dueOf } from '../model/due';
import { casesOf, everything, type Query, searchCases } from '../model/search';
import { AgreementPanel } from './AgreementPanel';
import { CaseList } from './CaseList';
import { CaseStorage } from './CaseStorage';
import styles from './case-book.module.css';
import { DueList } from './DueList';
import { Search } from './Search';
import { UnreadableRecords } from './UnreadableRecords';

/** Milliseconds after a change. */
const measureAfter = 1000;

const details = () => import('./details');
const CaseDetail = later(async () => (await details()).CaseDetail, Loading);
const PatientPage = later(async () => (await details()).PatientPage, Loading);

const choose = (lesionId: string) => {
  window.location.hash = lesionAddress(lesionId);
};

/** What was kept: patients, their lesions, and the photos of each over time. */
export function CaseBookScreen() {
  const { t } = useTranslation();
  const { cases } = useServices();
  const { state, failure } = useCases((all) => all);
  const records = useCases((all) => all.records);
  const [query, setQuery] = useState<Query>(everything);
  const lesionId = useHashParameter('lesion');
  const patientId = useHashParameter('patient');
  const detail = useRef<HTMLElement>(null);
  // Once: after everything was forgotten, nothing is to be made again.
  useEffect(() => {
    if (cases.store.getState().state === 'absent') void cases.load();
  }, [cases]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept has changed, so its size has.
  useEffect(() => {
    if (state !== 'ready') return;
    // Measuring reads every record: it comes after what the user waits for.
    const timer = setTimeout(() => void cases.measure(), measureAfter);
    return () => clearTimeout(timer);
  }, [records, state, cases]);

  const all = useMemo(() => casesOf(records), [records]);
  const found = useMemo(() => searchCases(all, query), [all, query]);
  const open = all.find(({ lesion }) => lesion.id === lesionId) ?? null;
  const patient = records.patients.find(({ id }) => id === patientId) ?? null;
  const due = useMemo(() => dueOf(all, records.patients, localDay(), localDay), [all, records.patients]);
  const isOpen = open !== null || patient !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown has changed, not what the effect reads.
  useEffect(() => {
    if (!isOpen) return;
    detail.current?.scrollTo(0, 0);
    // What was pressed is gone with what was shown: the keyboard goes on where the new page begins.
    if (document.activeElement === document.body) detail.current?.focus({ preventScroll: true });
  }, [lesionId, patientId, isOpen]);

  return (
    <div
      className={styles.book}
      data-open={isOpen || undefined}
      data-empty={(all.length === 0 && !isOpen) || undefined}
    >
      <section className={styles.index} aria-label={t('caseBook.list')}>
        <div className={styles.head}>
          <Title order={1} size="h3">
            {t('page.cases')}
          </Title>
          <CaseStorage cases={found} />
        </div>
        {state === 'failed' && failure && (
          <FailureNotice
            failure={failure}
            heading={t('caseBook.loadFailed')}
            action={{ label: t('answer.retry'), run: () => void cases.load() }}
          />
        )}
        {state === 'loading' && <Loading />}
        <UnreadableRecords />
        {state === 'ready' && <DueList due={due} />}
        {all.length > 0 && (
          <>
            <Search all={all} found={found.length} query={query} onChange={setQuery} />
            <CaseList cases={found} chosen={open?.lesion.id ?? null} onChoose={choose} />
          </>
        )}
        {(state === 'ready' || state === 'absent') && all.length === 0 && <Empty />}
      </section>
      <section ref={detail} className={styles.detail} aria-label={t('caseBook.detail')} tabIndex={-1}>
        {isOpen && (
          <Button
            component="a"
            href={casesAddress}
            className={styles.back}
            size="sm"
            variant="subtle"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            {t('caseBook.back')}
          </Button>
        )}
        {open && (
          <CaseDetail
            key={open.lesion.id}
            lesionCase={open}
            onGone={() => {
              window.location.hash = open.patient ? patientAddress(open.patient.id) : casesAddress;
            }}
          />
        )}
        {!open && patient && <PatientPage key={patient.id} patient={patient} cases={all} />}
        {/* Its figures are those of all answers. */}
        {!isOpen && state === 'ready' && all.length > 0 && <AgreementPanel cases={all} />}
      </section>
    </div>
  );
}

function Empty() {
  const { t } = useTranslation();
  return (
    <div className={styles.empty}>
      <IconFolderOpen size={48} stroke={1.25} aria-hidden />
      <Title order={2} size="h4">
        {t('caseBook.empty')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('caseBook.emptyHelp')}
      </Text>
      <Button component="a" href="#/clinic" variant="default">
        {t('caseBook.toClinic')}
      </Button>
    </div>
  );
}

function Loading() {
  const { t } = useTranslation();
  return <Loader size="sm" aria-label={t('app.loadingScreen')} />;
}
