import { Tabs, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRuntime } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { useIncomingFiles } from '../../../ui/use-incoming-files';
import { AskTab } from './AskTab';
import { useLibrary, useQuiz, useQuizParts } from './context';
import styles from './quiz.module.css';
import { ScoreTab } from './ScoreTab';
import { SetsTab } from './SetsTab';
import { useReceive } from './use-receive';

const tabs = ['ask', 'score', 'sets'] as const;
type Tab = (typeof tabs)[number];

/** Questions, the score, and the sets that they come from. */
export function QuizScreen() {
  const { t } = useTranslation();
  const { library, quiz } = useQuizParts();
  const [tab, setTab] = useState<Tab>('ask');
  const ready = useLibrary(({ state }) => state === 'ready');
  const failure = useLibrary(({ failure }) => failure);
  const notKept = useQuiz(({ notKept }) => notKept);
  const cards = useRuntime(({ cards }) => cards);
  const receiving = useReceive(() => setTab('sets'));

  // Again at each visit: meanwhile another screen may have forgotten all of it.
  useEffect(() => {
    void library.load();
  }, [library]);
  // What machines said before is known by the packages of today.
  useEffect(() => {
    if (cards.state !== 'pending') void quiz.load();
  }, [quiz, cards]);
  useIncomingFiles(
    (files) => void receiving.receive(files),
    // A dropped folder is a set, or has a table beside its photos.
    () => true,
  );

  return (
    <div className={styles.scroll}>
      <div className={styles.screen}>
        <header>
          <Title order={1} size="h2">
            {t('page.quiz')}
          </Title>
          <Text c="dimmed">{t('quiz.lead')}</Text>
        </header>
        {failure && <FailureNotice failure={failure} heading={t('quiz.refused.storage')} />}
        {notKept && <Text role="status">{t('quiz.notKept')}</Text>}
        <Tabs value={tab} onChange={(value) => setTab(value as Tab)} keepMounted={false}>
          <Tabs.List mb="md">
            {tabs.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`quiz.tabs.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="ask">
            {ready ? (
              <AskTab onSets={() => setTab('sets')} />
            ) : (
              <Text role="status">{t('quiz.waiting')}</Text>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="score">
            <ScoreTab />
          </Tabs.Panel>
          <Tabs.Panel value="sets">
            <SetsTab receiving={receiving} onAsk={() => setTab('ask')} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </div>
  );
}
