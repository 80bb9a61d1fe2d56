import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Card } from '../../../../core/card/card';
import { formatDate } from '../../../../core/date-locale';
import type { Failure } from '../../../../core/failure';
import { storageFailure } from '../../../../records/storage-failure';
import { useLanguage, useServices } from '../../../../ui/context';
import { FailureNotice } from '../../../../ui/FailureNotice';
import { useOutcome } from '../../../../ui/Outcome';
import type { ReferenceSet } from '../../model/similar/reference-set';
import { MakeReferenceSet } from './MakeReferenceSet';
import { MakingProgress } from './MakingProgress';
import styles from './similar.module.css';
import { useSimilar } from './use-similar';

interface Props {
  opened: boolean;
  onClose: () => void;
  /** The package that a new set would be made with. */
  card: Card;
}

/** The reference sets that are kept here, and a way to make one of a folder. */
export function ReferenceDialog({ opened, onClose, card }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('similar.sets.heading')}
      closeButtonProps={{ 'aria-label': t('app.dismiss') }}
      size="lg"
    >
      {opened && <References card={card} />}
    </Modal>
  );
}

function References({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { making } = useSimilar();
  const running = useStore(making.store, (state) => state.making !== null);
  const { sets, failure } = useSets();
  return (
    <Stack gap="md">
      <Text size="sm">{t('similar.sets.about')}</Text>
      {failure && <FailureNotice failure={failure} heading={t('similar.sets.unread')} />}
      {sets && sets.length > 0 && (
        <ul className={styles.sets}>
          {sets.map((set) => (
            <SetRow key={set.id} set={set} />
          ))}
        </ul>
      )}
      {sets?.length === 0 && !running && (
        <Text size="sm" c="dimmed">
          {t('similar.sets.none')}
        </Text>
      )}
      <MakingProgress making={making} />
      {!running && (
        <section className={styles.make}>
          <Title order={3} size="sm">
            {t('similar.sets.make')}
          </Title>
          <MakeReferenceSet card={card} />
        </section>
      )}
    </Stack>
  );
}

/** Null while they are read. */
function useSets(): { sets: ReferenceSet[] | null; failure: Failure | null } {
  const similar = useSimilar();
  const version = useStore(similar.making.store, (state) => state.version);
  const [state, setState] = useState<ReturnType<typeof useSets>>({ sets: null, failure: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a set was made or deleted, so they are read again.
  useEffect(() => {
    let left = false;
    similar.sets.sets().then(
      (sets) => !left && setState({ sets, failure: null }),
      (error) => !left && setState({ sets: null, failure: storageFailure(error).failure }),
    );
    return () => {
      left = true;
    };
  }, [similar, version]);
  return state;
}

function SetRow({ set }: { set: ReferenceSet }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { runtime } = useServices();
  const { making } = useSimilar();
  const notify = useOutcome();
  const [sure, setSure] = useState(false);
  const growing = useStore(making.store, (state) => state.making?.setId === set.id);
  const card = runtime.card(set.packageId);
  const remove = async () => {
    const failure = await making.remove(set.id);
    if (failure) notify.failed(t('similar.sets.notDeleted'), failure);
    else notify.done(t('similar.sets.deleted', { name: set.name }));
  };
  return (
    <li>
      <span>
        <Text size="sm" fw={600} component="span" display="block">
          {set.name}
        </Text>
        <Text size="xs" c="dimmed" component="span">
          {t('similar.sets.row', {
            photos: set.photos,
            lesions: set.lesions,
            model: card ? read(card.title) : set.packageId,
            version: set.packageVersion,
            date: formatDate(set.createdAt, language),
          })}
        </Text>
      </span>
      {sure ? (
        <Group gap="xs">
          <Button size="compact-sm" color="red.9" onClick={() => void remove()} data-autofocus>
            {t('similar.sets.deleteSure')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setSure(false)}>
            {t('answer.cancel')}
          </Button>
        </Group>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          disabled={growing}
          aria-label={t('similar.sets.deleteOf', { name: set.name })}
          onClick={() => setSure(true)}
        >
          {t('similar.sets.delete')}
        </Button>
      )}
    </li>
  );
}
