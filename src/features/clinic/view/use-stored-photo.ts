import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { offeredCards } from '../../../runtime/offered';
import { useHashParameter } from '../../../ui/addresses';
import { useServices } from '../../../ui/context';
import { useOutcome } from '../../../ui/Outcome';
import { useReopen } from './use-reopen';

/** Opens the photo of a case that the page's address names, once: "#/clinic?photo=<id>". */
export function useStoredPhoto(): void {
  const { t } = useTranslation();
  const { cases, runtime } = useServices();
  const notify = useOutcome();
  const reopen = useReopen();
  const photoId = useHashParameter('photo');
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each photo that the address names.
  useEffect(() => {
    if (photoId === null) return;
    // A reload must not bring the photo back once more.
    history.replaceState(history.state, '', '#/clinic');
    void (async () => {
      const { modelFor, storedPhoto } = await import('../model/stored-photo');
      const stored = await storedPhoto(cases, photoId);
      if (!stored.ok) return notify.failed(t('handOver.photoFailed'), stored.failure);
      // The models are listed by then, so that one for photos of this kind can be chosen.
      if (runtime.store.getState().cards.state === 'pending') await runtime.refreshPackages();
      const { records } = cases.store.getState();
      const packageId = modelFor(stored.value, records, offeredCards(runtime.store.getState()));
      reopen([stored.value], { selectedId: stored.value.photo.id, packageId });
    })();
  }, [photoId]);
}
