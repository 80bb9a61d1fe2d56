import { Loader, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useRuntime, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { useIncomingFiles } from '../../../ui/use-incoming-files';
import { AddModel } from './AddModel';
import { ModelList } from './ModelList';
import { ModelSheet } from './ModelSheet';
import styles from './models.module.css';
import { useChosenModel } from './use-chosen-model';

/**
 * Every model as a card, and the whole sheet of the chosen one: beside the list, or in its place on a narrow
 * screen.
 */
export function ModelsScreen() {
  const { t } = useTranslation();
  const { runtime } = useServices();
  const list = useRuntime(({ cards }) => cards);
  switch (list.state) {
    case 'pending':
      return (
        <div className={styles.message} role="status">
          <Title order={1}>{t('page.models')}</Title>
          <Loader size="sm" aria-hidden />
          <Text>{t('model.listWaiting')}</Text>
        </div>
      );
    case 'failed':
      return (
        <div className={styles.message}>
          <Title order={1}>{t('page.models')}</Title>
          <FailureNotice
            failure={list.failure}
            heading={t('model.listFailed')}
            action={{ label: t('model.retry'), run: () => void runtime.refresh() }}
          />
        </div>
      );
    case 'ready':
      return <Models cards={list.value} />;
  }
}

function Models({ cards }: { cards: readonly Card[] }) {
  const { t } = useTranslation();
  const chosen = useChosenModel();
  const [adding, setAdding] = useState(false);
  // A package dragged anywhere over the page finds the place to drop it on, and never leads the browser away.
  const dragging = useIncomingFiles(() => {});
  useEffect(() => {
    if (dragging) setAdding(true);
  }, [dragging]);
  const card = cards.find(({ id }) => id === chosen) ?? cards[0] ?? null;
  return (
    <div className={styles.models} data-chosen={chosen !== null || undefined}>
      <ModelList cards={cards} shown={card?.id ?? null} onAdd={() => setAdding(true)} />
      <section className={styles.sheetPane} aria-label={t('model.region')} key={card?.id}>
        {card ? (
          <ModelSheet card={card} />
        ) : (
          <div className={styles.message}>
            <Text fw={600}>{t('model.listEmpty')}</Text>
            <Text size="sm">{t('model.listEmptyHelp')}</Text>
          </div>
        )}
      </section>
      <AddModel opened={adding} onClose={() => setAdding(false)} />
    </div>
  );
}
