import { Button, Collapse, Group, Loader, Select, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackageState } from '../../cases/machine';
import type { Card } from '../../core/card';
import type { LoadedPackage } from '../../engine/engine';
import { useLanguage, useMachine, useServices } from '../../ui/context';
import { FailureNotice } from '../../ui/FailureNotice';
import { formatBytes, formatDifference, formatDuration } from '../../ui/format';
import { Meaning } from '../../ui/Meaning';
import { StageProgress } from '../../ui/StageProgress';
import styles from './clinic.module.css';
import { ModelFacts } from './ModelFacts';

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
  const { workbench } = useServices();
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
              .filter((one) => one.domain === domain)
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
      <Readiness card={card} busyElsewhere={busyElsewhere} />
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

function Readiness({ card, busyElsewhere }: { card: Card; busyElsewhere: boolean }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { machine } = useServices();
  const state: PackageState = useMachine(({ packages }) => packages[card.id]) ?? { state: 'absent' };
  const size = formatBytes(
    card.files.reduce((sum, { bytes }) => sum + bytes, 0),
    language,
  );
  switch (state.state) {
    case 'loaded':
      return <Loaded loaded={state.loaded} />;
    case 'loading':
      return busyElsewhere ? null : (
        <StageProgress progress={state.progress} onCancel={() => machine.cancelLoad(card.id)} />
      );
    case 'failed':
      return busyElsewhere ? null : (
        <FailureNotice
          failure={state.failure}
          heading={t('answer.failedHeading')}
          action={{ label: t('model.retry'), run: () => void machine.load(card.id) }}
        />
      );
    case 'absent':
      return (
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed">
            {t('model.absent', { size })}
          </Text>
          <Button size="xs" variant="default" onClick={() => void machine.load(card.id)}>
            {t('model.load')}
          </Button>
        </Group>
      );
  }
}

function Loaded({ loaded: { golden, fromCache, kept, milliseconds } }: { loaded: LoadedPackage }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <>
      <Group gap={6} wrap="nowrap" role="status">
        <IconCircleCheck size={18} color="var(--lentigo-accent)" aria-hidden />
        <Text size="sm">{t('model.loaded')}</Text>
        <Meaning subject={t('model.loaded')}>
          {t('model.selfTestMeaning')}{' '}
          {t('model.loadedDetail', {
            difference: formatDifference(golden.difference, language),
            tolerance: formatDifference(golden.tolerance, language),
            origin: t(fromCache ? 'model.fromCache' : 'model.fromNetwork'),
            duration: formatDuration(milliseconds, language),
          })}
        </Meaning>
      </Group>
      {!kept && <Text size="sm">{t('model.notKept')}</Text>}
    </>
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
