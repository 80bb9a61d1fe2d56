import { useTranslation } from 'react-i18next';
import { useCases } from '../../../ui/context';
import { UnreadableNotice } from '../../../ui/UnreadableNotice';

/** What is kept here of cases and cannot be read. */
export function UnreadableRecords() {
  const { t } = useTranslation();
  const unreadable = useCases((state) => state.unreadable);
  return (
    <UnreadableNotice
      unreadable={unreadable.map(({ kind, id, problem }) => ({
        name: `${t(`caseBook.unreadable.${kind}`)} ${id}`,
        problem,
      }))}
      stored={unreadable}
      heading={t('caseBook.unreadable.heading', { count: unreadable.length })}
      help={t('caseBook.unreadable.help')}
      save={t('caseBook.unreadable.save')}
    />
  );
}
