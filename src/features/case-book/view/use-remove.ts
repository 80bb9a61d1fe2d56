import { useTranslation } from 'react-i18next';
import type { Kind } from '../../../records/record';
import { useServices } from '../../../ui/context';
import { useOutcome } from '../../../ui/Outcome';

/** Deletes softly, and offers to bring it back. */
export function useRemove(): (kind: Kind, id: string, message: string) => Promise<void> {
  const { t } = useTranslation();
  const { cases } = useServices();
  const notify = useOutcome();
  return async (kind, id, message) => {
    const removed = await cases.remove(kind, [id]);
    if (!removed.ok) return notify.failed(t('caseBook.deleteFailed'), removed.failure);
    notify.done(message, () => void cases.undo(removed.value));
  };
}
