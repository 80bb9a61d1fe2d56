import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHashParameter } from '../../../ui/addresses';
import { drawSample } from '../../../ui/draw-sample';
import { folderOf } from '../../../ui/dropped-files';
import { useOutcome } from '../../../ui/Outcome';
import { useIncomingFiles } from '../../../ui/use-incoming-files';
import { isArchiveFile, isJsonFile } from '../model/reopen';
import type { NewWorkbenchPhoto, PhotoSource } from '../model/workbench-photo';
import { useClinicServices } from './context';
import { useReopen } from './use-reopen';

export interface Intake {
  /** Something is being dragged over the page. */
  dragging: boolean;
  /** What went otherwise than wanted with what was brought; null where there is nothing to say. */
  notice: string | null;
  dismiss: () => void;
  /** An analysis that was saved as JSON, with the photos that came with it; null where none is open. */
  saved: { json: File; photos: readonly File[] } | null;
  closeSaved: () => void;
  take: (files: readonly File[], source: PhotoSource) => void;
  takeSample: () => Promise<void>;
}

/** The ways by which photos come onto the workbench. */
export function useIntake(): Intake {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  const outcome = useOutcome();
  const reopen = useReopen();
  const [saved, setSaved] = useState<Intake['saved']>(null);
  const [notice, setNotice] = useState<string | null>(null);

  const lesionId = useHashParameter('lesion');
  const add = (photos: NewWorkbenchPhoto[]) => {
    setNotice(photos.length === 0 ? t('photo.noFile') : null);
    if (photos.length > 0) workbench.add(photos.map((photo) => ({ ...photo, lesionId })));
  };
  const openSession = async (file: File) => {
    setNotice(t('handOver.opening'));
    const { readSessionFile } = await import('../model/session/session-file');
    const read = await readSessionFile(file);
    setNotice(null);
    if (!read.ok) return outcome.failed(t('handOver.openFailed'), read.failure);
    const { manifest, photos, selectedId, skipped } = read.value;
    const { packageId, photos: before } = workbench.store.getState();
    // Where work is going on, its photo and its model stay.
    const alone = before.length === 0;
    const first = selectedId ?? photos[0]?.photo.id ?? null;
    reopen(photos, {
      selectedId: alone ? first : null,
      packageId: alone ? (manifest.packageId ?? packageId) : null,
      sensitivity: manifest.sensitivity,
    });
    outcome.done(
      [
        t('handOver.opened', { count: photos.length }),
        skipped > 0 && t('handOver.skipped', { count: skipped }),
      ]
        .filter(Boolean)
        .join(' '),
    );
  };
  const take = (files: readonly File[], source: PhotoSource) => {
    const archives = files.filter(isArchiveFile);
    if (archives.length > 0) {
      // What came along is taken too, after the sessions, which bring their model.
      const others = files.filter((file) => !isArchiveFile(file));
      void archives
        .reduce((before, archive) => before.then(() => openSession(archive)), Promise.resolve())
        .then(() => others.length > 0 && take(others, source));
      return;
    }
    const json = files.find(isJsonFile);
    if (json) return setSaved({ json, photos: files.filter((file) => !isJsonFile(file)) });
    // Browsers call every pasted picture "image.png".
    add(
      files.map((file) => ({
        file,
        name: source === 'paste' ? t('photo.pasted') : file.name,
        folder: folderOf(file),
        source,
      })),
    );
  };
  const dragging = useIncomingFiles((files, how) => take(files, how === 'pasted' ? 'paste' : 'file'));
  const takeSample = async () =>
    add([{ file: await drawSample(), name: t('photo.sampleName'), source: 'synthetic' }]);
  return {
    dragging,
    notice,
    dismiss: () => setNotice(null),
    saved,
    closeSaved: () => setSaved(null),
    take,
    takeSample,
  };
}
