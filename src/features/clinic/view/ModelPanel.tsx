import { Collapse, Group, Loader, Select, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
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

/** Which model answers, whether it is ready, and what it is. */
export function ModelPanel({ cards, card, busyElsewhere }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { workbench } = useClinicServices();
  const [open, setOpen] = useState(false);
  const domains = [...new Set(cards.map(({ domain }) => domain))];
  return (
    <section aria-label={t('model.region')} className={styles.model}>
      {cards.length > 1 ? (
        <Select
          label={t('model.choose')}
          allowDeselect={false}
          value={card.id}
          onChange={(id) => id !== null && workbench.choosePackage(id)}
          data={domains.map((domain) => ({
            group: t(`domain.${domain}`),
            items: cards
              .filter((card) => card.domain === domain)
              .map(({ id, title }) => ({ value: id, label: read(title) })),
          }))}
        />
      ) : (
        <div>
          <Text size="xs" c="dimmed">
            {t('model.choose')} · {t(`domain.${card.domain}`)}
          </Text>
          <Text fw={600}>{read(card.title)}</Text>
        </div>
      )}
      <ModelReadiness card={card} busyElsewhere={busyElsewhere} />
      <UnstyledButton className={styles.disclose} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('model.about')}
        <IconChevronDown size={16} aria-hidden />
      </UnstyledButton>
      <Collapse expanded={open}>
        <ModelFacts card={card} />
      </Collapse>
    </section>
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
    </Stack>
  );
}
