import { useTranslation } from 'react-i18next';
import { type Filter, filters } from '../../model/triage-order';
import { useClinicServices } from '../context';
import { useTriageNow, useTriageState } from '../use-triage';
import styles from './triage.module.css';

interface Props {
  counts: Readonly<Record<Filter, number>>;
  /** How many photos there are. */
  count: number;
}

/** Counts that filter: "7 flagged". One that would leave nothing, or take nothing away, is not shown. */
export function QueueFilters({ counts, count }: Props) {
  const { t } = useTranslation();
  const { triage } = useClinicServices();
  const { sources } = useTriageNow();
  const on = useTriageState((state) => state.filters);
  const useful = (filter: Filter) =>
    counts[filter] > 0 && (filter !== 'notReviewed' || counts[filter] < count);
  const shown = filters.filter((filter) => on.includes(filter) || (count > 1 && useful(filter)));
  if (shown.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's; these filter a list.
    <div className={styles.filters} role="group" aria-label={t('viewer.queue.filter.label')}>
      {shown.map((filter) => (
        <button
          key={filter}
          type="button"
          className={styles.filter}
          aria-pressed={on.includes(filter)}
          onClick={() => triage.toggleFilter(filter, sources())}
        >
          {t(`viewer.queue.filter.${filter}`, { count: counts[filter] })}
        </button>
      ))}
    </div>
  );
}
