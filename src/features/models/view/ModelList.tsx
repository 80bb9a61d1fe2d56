import { Badge, Button, Group, Text, Title } from '@mantine/core';
import { IconCircleCheckFilled, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { downloadBytes, recommendedFor } from '../../../core/card/recommended';
import { useLanguage, useRuntime } from '../../../ui/context';
import { formatBytes } from '../../../ui/format';
import { PackageProblems } from '../../../ui/PackageProblems';
import { UnappliedCalibrations } from '../../../ui/site-calibration/UnappliedCalibrations';
import { headlinesOf } from '../model/card-facts';
import { useMeasures } from './measures';
import styles from './models.module.css';
import { addressOf } from './use-chosen-model';

interface Props {
  cards: readonly Card[];
  /** Whose sheet stands beside the list. */
  shown: string | null;
  onAdd: () => void;
}

export function ModelList({ cards, shown, onAdd }: Props) {
  const { t } = useTranslation();
  return (
    <nav className={styles.listPane} aria-label={t('models.list')}>
      <Group justify="space-between" align="center" wrap="nowrap">
        <Title order={1} size="h2">
          {t('page.models')}
        </Title>
        <Button size="xs" variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd}>
          {t('models.add.open')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('models.lead')}
      </Text>
      <PackageProblems />
      <UnappliedCalibrations cards={cards} />
      <ul className={styles.list}>
        {cards.map((card) => (
          <li key={card.id}>
            <Entry card={card} cards={cards} shown={card.id === shown} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Entry({ card, cards, shown }: { card: Card; cards: readonly Card[]; shown: boolean }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const loaded = useRuntime(({ packages }) => packages[card.id]?.state === 'loaded');
  const added = useRuntime((state) => state.added.includes(card.id));
  const { name: nameOf, write } = useMeasures();
  const headlines = headlinesOf(card);
  return (
    <a className={styles.entry} href={addressOf(card.id)} aria-current={shown ? 'true' : undefined}>
      <span className={styles.entryHead}>
        <Text span fw={600}>
          {read(card.title)}
        </Text>
        {loaded && (
          <span className={styles.loadedMark}>
            <IconCircleCheckFilled size={16} aria-hidden />
            {t('models.loaded')}
          </span>
        )}
      </span>
      <Text span size="sm" c="dimmed">
        {t(`domain.${card.domain}`)} · {t(`models.task.${card.task}`)} ·{' '}
        {formatBytes(downloadBytes(card, cards), language)}
      </Text>
      <span className={styles.entryFigures}>
        {headlines.map(([name, value]) => (
          <Text span size="sm" key={name}>
            {nameOf(name)} <strong>{write(name, value)}</strong>
          </Text>
        ))}
      </span>
      <Marks
        recommended={recommendedFor(cards, card.domain)?.id === card.id}
        added={added}
        nonCommercial={card.nonCommercial === true}
      />
    </a>
  );
}

/** What a reader must not overlook: words, not colours. */
export function Marks({
  recommended = false,
  added,
  nonCommercial,
}: {
  recommended?: boolean;
  added: boolean;
  nonCommercial: boolean;
}) {
  const { t } = useTranslation();
  if (!recommended && !added && !nonCommercial) return null;
  return (
    <span className={styles.marks}>
      {recommended && (
        <Badge size="sm" variant="light" tt="none">
          {t('models.recommended')}
        </Badge>
      )}
      {added && (
        <Badge size="sm" variant="filled" tt="none">
          {t('models.added')}
        </Badge>
      )}
      {nonCommercial && (
        <Badge size="sm" variant="default" tt="none">
          {t('models.nonCommercial')}
        </Badge>
      )}
    </span>
  );
}
