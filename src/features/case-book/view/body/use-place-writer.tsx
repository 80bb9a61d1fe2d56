import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { siteGroups } from '../../../../core/patient/patient-facts';
import type { RecordLesion } from '../../../../records/record';
import { useServices } from '../../../../ui/context';
import { useOutcome } from '../../../../ui/Outcome';
import { type Conflict, FieldConflict } from '../FieldConflict';
import { usePlaceWords } from './use-place-words';

/** Where a lesion is: three fields that are one thing to the user. */
export type StoredPlace = Pick<RecordLesion, 'site' | 'side' | 'spot'>;

export const placeOfLesion = ({ site, side, spot }: RecordLesion): StoredPlace => ({ site, side, spot });

export interface PlaceWriter {
  /**
   * Writes a change of the place. `known`: the place as it was shown; where another tab has changed it since,
   * the user is asked which is to stay. `done`: once it is settled.
   */
  write: (change: Partial<StoredPlace>, known: StoredPlace, done?: Settled) => Promise<void>;
  /** The question, where there is one. */
  question: ReactNode;
}

type Settled = (which: 'mine' | 'theirs') => void;

export function usePlaceWriter(lesionId: string): PlaceWriter {
  const { t } = useTranslation();
  const { cases } = useServices();
  const notify = useOutcome();
  const words = usePlaceWords();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const inWords = (place: StoredPlace): string => {
    const group = siteGroups.find((each) => each === place.site);
    const named = group ? { ...place, site: t(`report.site.${group}`) } : place;
    return words(named) ?? (place.side === null ? '' : t(`patientPage.place.sides.${place.side}`));
  };
  const write: PlaceWriter['write'] = async (change, known, done = () => {}) => {
    const written = await cases.edit('lesions', lesionId, () => change, known);
    if (written.ok) return done('mine');
    if (written.failure.code !== 'record-changed')
      return notify.failed(t('caseBook.writeFailed'), written.failure);
    const { lesions } = cases.store.getState().records;
    const lesion = lesions.find(({ id }) => id === lesionId);
    if (!lesion) return;
    const [theirs, mine] = [placeOfLesion(lesion), { ...known, ...change }];
    setConflict({
      field: t('facts.site'),
      theirs: inWords(theirs),
      mine: inWords(mine),
      keepTheirs: () => done('theirs'),
      keepMine: () => void write(mine, theirs, done),
    });
  };
  return { write, question: <FieldConflict conflict={conflict} onClose={() => setConflict(null)} /> };
}
