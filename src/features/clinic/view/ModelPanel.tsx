import { Collapse, Group, Loader, Select, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { answersOf, domainsOf, downloadBytes, inOrder, recommendedFor } from '../../../core/card/recommended';
import { useLanguage } from '../../../ui/context';
import { formatBytes, formatFixed } from '../../../ui/format';
import { PackageProblems } from '../../../ui/PackageProblems';
import { useClinicServices } from './context';
import { ModelFacts } from './ModelFacts';
import { ModelReadiness } from './ModelReadiness';
import styles from './model.module.css';

interface Props {
  cards: readonly Card[];
  card: Card;
  /** True while a run shows the same progress elsewhere. */
  busyElsewhere: boolean;
}

/**
 * What kind of photo it is, which of the models for that kind answers, whether it is ready, and what it is.
 * Models for other kinds are not offered: a network for acne has an answer for a melanoma, too.
 */
export function ModelPanel({ cards, card, busyElsewhere }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { workbench } = useClinicServices();
  const [open, setOpen] = useState(false);
  const kinds = domainsOf(cards);
  const fitting = inOrder(cards, card.domain);
  const optionOf = ({ id, title }: Card) => ({ value: id, label: read(title) });
  const chooseKind = (kind: string | null) => {
    const first = recommendedFor(cards, kind as Card['domain']);
    if (first && kind !== card.domain) workbench.choosePackage(first.id);
  };
  return (
    <section aria-label={t('model.region')} className={styles.model}>
      <div className={kinds.length > 1 && fitting.length > 1 ? styles.choice : undefined}>
        {kinds.length > 1 && (
          <Select
            aria-label={t('model.kind')}
            allowDeselect={false}
            value={card.domain}
            onChange={chooseKind}
            data={kinds.map((kind) => ({ value: kind, label: t(`domain.${kind}`) }))}
          />
        )}
        {fitting.length > 1 ? (
          <Select
            aria-label={t('model.choose')}
            allowDeselect={false}
            value={card.id}
            onChange={(id) => id !== null && workbench.choosePackage(id)}
            data={fitting.map(optionOf)}
            renderOption={({ option }) => {
              const offered = fitting.find(({ id }) => id === option.value);
              return (
                offered && <ModelOption card={offered} cards={cards} recommended={offered === fitting[0]} />
              );
            }}
          />
        ) : (
          <div>
            <Text size="xs" c="dimmed">
              {kinds.length > 1 ? t('model.choose') : `${t('model.choose')} · ${t(`domain.${card.domain}`)}`}
            </Text>
            <Text fw={600}>{read(card.title)}</Text>
          </div>
        )}
      </div>
      <div className={styles.state}>
        <ModelReadiness card={card} busyElsewhere={busyElsewhere} />
        <UnstyledButton className={styles.disclose} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('model.about')}
          <IconChevronDown size={16} aria-hidden />
        </UnstyledButton>
      </div>
      <PackageProblems missingOnly />
      <Collapse expanded={open}>
        <ModelFacts card={card} />
      </Collapse>
    </section>
  );
}

/**
 * A model of the menu: what it is for, how well it tells what must not be missed, and how much is downloaded
 * for it.
 */
function ModelOption({
  card,
  cards,
  recommended,
}: {
  card: Card;
  cards: readonly Card[];
  recommended: boolean;
}) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { malignantAuc, auc } = card.results.metrics;
  const area = malignantAuc ?? auc;
  const figures = [
    recommended && t('models.recommended'),
    t('model.answers', { count: answersOf(card) }),
    area &&
      `${t(malignantAuc ? 'models.measure.malignantAuc' : 'metric.auc')} ${formatFixed(area.value, language, 3)}`,
    formatBytes(downloadBytes(card, cards), language),
  ];
  return (
    <span>
      <Text span size="sm" fw={600} display="block">
        {read(card.title)}
      </Text>
      <Text span size="xs" display="block">
        {figures.filter(Boolean).join(' · ')}
      </Text>
      <Text span size="xs" c="dimmed" display="block">
        {read(card.summary)}
      </Text>
    </span>
  );
}

/** What stands in the panel's place while there is no list of models. */
export function ModelsWaiting() {
  const { t } = useTranslation();
  return (
    <Group gap="sm" role="status">
      <Loader size="xs" />
      <Text size="sm">{t('model.listWaiting')}</Text>
    </Group>
  );
}

export function NoModels() {
  const { t } = useTranslation();
  return (
    <Stack gap={4} role="status">
      <Text fw={600}>{t('model.listEmpty')}</Text>
      <Text size="sm">{t('model.listEmptyHelp')}</Text>
      <PackageProblems />
    </Stack>
  );
}
