import { useTranslation } from 'react-i18next';
import { type Filter, filters } from '../../model/triage-order';
import { firstPassing } from '../../model/triage-view';
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
  const { triage, workbench } = useClinicServices();
  const { view } = useTriageNow();
  const on = useTriageState((state) => state.filters);
  const useful = (filter: Filter) =>
    counts[filter] > 0 && (filter !== 'notReviewed' || counts[filter] < count);
  const shown = filters.filter((filter) => on.includes(filter) || (count > 1 && useful(filter)));
  const toggle = (filter: Filter) => {
    triage.toggleFilter(filter);
    const { selectedId } = workbench.store.getState();
    const first = firstPassing(view(), triage.store.getState().filters, selectedId);
    if (first) workbench.select(first);
  };
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
          onClick={() => toggle(filter)}
        >
          {t(`viewer.queue.filter.${filter}`, { count: counts[filter] })}
        </button>
      ))}
    </div>
  );
}
