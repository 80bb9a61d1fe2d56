import { useMemo } from 'react';
import { offeredCards } from '../../../runtime/offered';
import { useRuntime } from '../../../ui/context';
import { type MachineCards, machineCards } from '../model/machine-answer';

/** The packages that are asked, as the list of packages is now; null where none fits. */
export function useMachineCards(): MachineCards | null {
  const cards = useRuntime(({ cards }) => cards);
  const added = useRuntime(({ added }) => added);
  const problems = useRuntime(({ problems }) => problems);
  return useMemo(() => machineCards(offeredCards({ cards, added, problems })), [cards, added, problems]);
}
