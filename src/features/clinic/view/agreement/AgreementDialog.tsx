import { Button, Checkbox, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Card } from '../../../../core/card/card';
import { downloadBytes, inOrder, networksOf } from '../../../../core/card/recommended';
import { useLanguage, useModelCache, useServices } from '../../../../ui/context';
import { formatBytes } from '../../../../ui/format';
import { agreementCount, createAgreementRows } from '../../model/agreement';
import { type AgreementRun, createAgreementRun, unasked } from '../../model/agreement-run';
import { answerWaits } from '../../model/patient-context';
import type { Workbench } from '../../model/workbench-state';
import { useClinicServices, usePatientContext, useWorkbench } from '../context';
import { AgreementTable } from './AgreementTable';

interface Props {
  /** The one that answers. */
  card: Card;
  cards: readonly Card[];
  onClose: () => void;
}

/** One for each workbench: what was asked for goes on while the dialog is closed. */
const runs = new WeakMap<Workbench, AgreementRun>();

function runOf(workbench: Workbench): AgreementRun {
  const run = runs.get(workbench) ?? createAgreementRun(workbench);
  runs.set(workbench, run);
  return run;
}

/** What several models say of every photo in the queue, asked for on purpose, and where they part. */
export function AgreementDialog({ card, cards, onClose }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { workbench, triage } = useClinicServices();
  const run = runOf(workbench);
  const progress = useStore(run.store, (state) => state.progress);
  const photos = useWorkbench((state) => state.photos);
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const context = usePatientContext((state) => state);
  const fitting = useMemo(() => inOrder(cards, card.domain), [cards, card]);
  const [left, setLeft] = useState<readonly string[]>([]);
  const models = useMemo(
    () => ({ cards: fitting.filter(({ id }) => !left.includes(id)), sensitivity }),
    [fitting, left, sensitivity],
  );
  const rowsOf = useMemo(createAgreementRows, []);
  const rows = rowsOf(photos, models, (id) => answerWaits(context, id));
  const { parting, count } = agreementCount(rows);
  const ids = models.cards.map(({ id }) => id);
  const open = photos.filter((photo) => unasked(photo, ids).length > 0).length;
  const show = (photoId: string) => {
    triage.pick(
      photoId,
      'only',
      rows.map(({ photo }) => photo.id),
    );
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(72rem, 96vw)"
      title={t('pane.agreement.open')}
      transitionProps={{ duration: 120 }}
      closeButtonProps={{ 'aria-label': t('app.dismiss') }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('pane.agreement.meaning')}
        </Text>
        <Checkbox.Group
          label={t('viewer.compare.which')}
          value={ids}
          onChange={(chosen) => setLeft(fitting.map(({ id }) => id).filter((id) => !chosen.includes(id)))}
        >
          <Group gap="0.35rem 1rem" mt={4}>
            {fitting.map(({ id, title }) => (
              <Checkbox key={id} size="sm" value={id} label={read(title)} disabled={progress !== null} />
            ))}
          </Group>
        </Checkbox.Group>
        {progress ? (
          <Asking {...progress} onStop={run.stop} />
        ) : (
          <Ask models={models.cards} cards={cards} count={open} onAsk={() => void run.start(ids)} />
        )}
        <Text fw={600} role="status">
          {count > 0 ? t('pane.agreement.parting', { parting, count }) : t('pane.agreement.nothing')}
        </Text>
        <AgreementTable rows={rows} cards={models.cards} onShow={show} />
      </Stack>
    </Modal>
  );
}

function Asking({ done, count, onStop }: { done: number; count: number; onStop: () => void }) {
  const { t } = useTranslation();
  const words = t('pane.agreement.progress', { done, count });
  return (
    <Group gap="sm" wrap="nowrap">
      <Stack gap={4} flex={1}>
        <Text size="sm">{words}</Text>
        <Progress value={(100 * done) / count} aria-label={words} />
      </Stack>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconPlayerStop size={16} aria-hidden />}
        onClick={onStop}
      >
        {t('pane.agreement.stop')}
      </Button>
    </Group>
  );
}

interface AskProps {
  models: readonly Card[];
  cards: readonly Card[];
  /** Photos that are not answered for by all of the models. */
  count: number;
  onAsk: () => void;
}

/** The button, with what is downloaded first; nothing to press where all is answered. */
function Ask({ models, cards, count, onAsk }: AskProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { modelCache } = useServices();
  const cached = useModelCache(({ packages }) => packages);
  useEffect(() => void modelCache.refresh(), [modelCache]);
  const missing = models
    .flatMap((model) => networksOf(model, cards))
    .filter(({ id }) => cached[id]?.state !== 'cached');
  const bytes = downloadBytes(missing, cards);
  if (count === 0) return <Text size="sm">{t('pane.agreement.complete')}</Text>;
  return (
    <Group gap="sm">
      <Button size="compact-md" disabled={models.length < 2} onClick={onAsk}>
        {t('pane.agreement.ask', { count })}
      </Button>
      {bytes > 0 && (
        <Text size="sm" c="dimmed">
          {t('pane.agreement.download', { size: formatBytes(bytes, language) })}
        </Text>
      )}
    </Group>
  );
}
