import { Button, Loader, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCases, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { casesOf, everything, type Query, searchCases } from '../model/search';
import { AgreementPanel } from './AgreementPanel';
import { CaseDetail } from './CaseDetail';
import { CaseList } from './CaseList';
import { CaseStorage } from './CaseStorage';
import styles from './case-book.module.css';
import { Search } from './Search';
import { UnreadableRecords } from './UnreadableRecords';

/** Milliseconds after a change. */
const measureAfter = 1000;

/** What was kept: patients, their lesions, and the photos of each over time. */
export function CaseBookScreen() {
  const { t } = useTranslation();
  const { cases } = useServices();
  const { state, failure } = useCases((all) => all);
  const records = useCases((all) => all.records);
  const [query, setQuery] = useState<Query>(everything);
  const [chosen, setChosen] = useState<string | null>(null);
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
  const open = all.find(({ lesion }) => lesion.id === chosen) ?? null;

  return (
    <div
      className={styles.book}
      data-open={open ? true : undefined}
      data-empty={all.length === 0 || undefined}
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
        {state === 'loading' && <Loader size="sm" aria-label={t('app.loadingScreen')} />}
        <UnreadableRecords />
        {all.length > 0 && (
          <>
            <Search all={all} found={found.length} query={query} onChange={setQuery} />
            <CaseList cases={found} chosen={chosen} onChoose={setChosen} />
          </>
        )}
        {(state === 'ready' || state === 'absent') && all.length === 0 && <Empty />}
      </section>
      <section className={styles.detail} aria-label={t('caseBook.detail')}>
        {open ? (
          <>
            <Button
              className={styles.back}
              size="sm"
              variant="subtle"
              leftSection={<IconArrowLeft size={16} aria-hidden />}
              onClick={() => setChosen(null)}
            >
              {t('caseBook.back')}
            </Button>
            <CaseDetail key={open.lesion.id} lesionCase={open} onGone={() => setChosen(null)} />
          </>
        ) : (
          // Its figures are those of all answers.
          state === 'ready' && all.length > 0 && <AgreementPanel cases={all} />
        )}
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
