import { ActionIcon, Loader, RingProgress, Tooltip } from '@mantine/core';
import {
  IconAlertCircle,
  IconFlag,
  IconHelpHexagon,
  IconPhoto,
  IconPhotoOff,
  IconPlayerStop,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRuntime, useServices } from '../../../ui/context';
import { useVerdict } from '../../../ui/use-verdict';
import { placedRow, type RowPlace } from '../../../ui/VirtualRows';
import { worstLesion } from '../model/lesion-verdicts';
import { answerWaits } from '../model/patient-context';
import { type QueueState, queueStateOf } from '../model/queue-state';
import type { WorkbenchPhoto } from '../model/workbench-photo';
import { useClinicServices, usePatientContext, useWorkbench } from './context';
import styles from './queue.module.css';

interface Props extends RowPlace {
  photo: WorkbenchPhoto;
  packageId: string | null;
  selected: boolean;
}

/** One photo of the queue: what it looks like, how far it is, and in a word what came out. */
export const QueueItem = memo(function QueueItem({
  photo,
  packageId,
  selected,
  index,
  count,
  top,
  ref,
}: Props) {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  const queueState = queueStateOf(photo, packageId);
  const stop = () => packageId !== null && workbench.cancel(photo.id, packageId);
  const again = () => packageId !== null && void workbench.analyse(photo.id, packageId);
  const mayRetry = photo.url !== null && ['failed', 'cancelled'].includes(queueState.state);
  return (
    <li
      {...placedRow({ ref, index, count, top })}
      className={styles.item}
      data-selected={selected || undefined}
    >
      <button
        type="button"
        className={styles.open}
        aria-current={selected ? 'true' : undefined}
        onClick={() => workbench.select(photo.id)}
      >
        <Thumbnail photo={photo} />
        <span className={styles.words}>
          <span className={styles.name}>{photo.name}</span>
          <span className={styles.state}>
            <Outcome photo={photo} packageId={packageId} standing={queueState} />
          </span>
        </span>
      </button>
      <span className={styles.actions}>
        {(queueState.state === 'running' || queueState.state === 'waiting') && (
          <Action label={t('viewer.queue.stop', { name: photo.name })} run={stop}>
            <IconPlayerStop size={16} aria-hidden />
          </Action>
        )}
        {mayRetry && (
          <Action label={t('viewer.queue.again', { name: photo.name })} run={again}>
            <IconRefresh size={16} aria-hidden />
          </Action>
        )}
        <Action label={t('viewer.queue.remove', { name: photo.name })} run={() => workbench.remove(photo.id)}>
          <IconX size={16} aria-hidden />
        </Action>
      </span>
    </li>
  );
});

/** The photo, small; a sign where it is being opened, another where the file is no photo. */
function Thumbnail({ photo: { id, url, unopened } }: { photo: WorkbenchPhoto }) {
  const thumbnail = useThumbnail(id, url);
  const Sign = thumbnail === null || unopened ? IconPhotoOff : IconPhoto;
  return (
    <span className={styles.thumb}>
      {thumbnail ? <img src={thumbnail} alt="" /> : <Sign size={22} stroke={1.25} aria-hidden />}
    </span>
  );
}

/**
 * A `data:` URL; null where the file is no photo, undefined while it is being made. `url` changes when the
 * file has been opened.
 */
function useThumbnail(photoId: string, url: string | null): string | null | undefined {
  const { workbench, thumbnails } = useClinicServices();
  const image = url === null ? null : workbench.imageOf(photoId);
  const [, setMade] = useState<Blob | null>(null);
  const known = image ? thumbnails.known(image) : undefined;
  useEffect(() => {
    if (!image || thumbnails.known(image) !== undefined) return;
    const controller = new AbortController();
    // A row that leaves the view ends the wish; there is nothing to show then.
    thumbnails.make(image, controller.signal).then(
      () => setMade(image),
      () => {},
    );
    return () => controller.abort();
  }, [image, thumbnails]);
  return known;
}

function Action({ label, run, children }: { label: string; run: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} onClick={run}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function Outcome({
  photo,
  packageId,
  standing: queueState,
}: Pick<Props, 'photo' | 'packageId'> & { standing: QueueState }) {
  const { t } = useTranslation();
  switch (queueState.state) {
    case 'opening':
    case 'waiting':
      return <span>{t(`viewer.queue.${queueState.state}`)}</span>;
    case 'running':
      return (
        <>
          {queueState.fraction === null ? (
            <Loader size={12} aria-hidden />
          ) : (
            <RingProgress
              size={16}
              thickness={3}
              sections={[{ value: 100 * queueState.fraction, color: 'teal' }]}
              aria-hidden
            />
          )}
          <span>{t('viewer.queue.running')}</span>
        </>
      );
    case 'cancelled':
      return <span>{t('failure.cancelled.sentence')}</span>;
    case 'failed':
      return (
        <span className={styles.failed}>
          <IconAlertCircle size={14} aria-hidden />
          <span>{t(`failure.${queueState.failure.code}.sentence`)}</span>
        </span>
      );
    case 'done':
      return <Answer photo={photo} packageId={packageId} />;
  }
}

/**
 * The answer in a line; nothing while the clinician's own impression is waited for. Of several lesions it is
 * that of the worst.
 */
function Answer({ photo, packageId }: { photo: WorkbenchPhoto; packageId: string | null }) {
  const { t } = useTranslation();
  const { runtime } = useServices();
  useRuntime(({ cards }) => cards);
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const card = packageId === null ? undefined : runtime.card(packageId);
  const waits = usePatientContext((state) => answerWaits(state, photo.id));
  const say = useVerdict();
  const worst = card && worstLesion(photo, card, sensitivity);
  if (!card || !worst) return null;
  if (waits) return <span>{t('caseBook.impression.hiddenShort')}</span>;
  const { verdict, text } = say(card, worst.analysis);
  const { flag, noResult } = verdict;
  return (
    <>
      {noResult && <IconHelpHexagon size={14} aria-hidden />}
      {flag?.flagged && <IconFlag size={14} aria-hidden />}
      <span>
        {text.short}
        {worst.of > 1 && ` ${t('viewer.queue.lesion', { number: worst.number, count: worst.of })}`}
      </span>
    </>
  );
}
