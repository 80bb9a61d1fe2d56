import { useHashParameter } from '../../../ui/addresses';

/** The address of one model's sheet; without an id that of the list. */
export function addressOf(packageId?: string): string {
  return packageId === undefined ? '#/models' : `#/models?model=${encodeURIComponent(packageId)}`;
}

/** The package that the address names, or null. */
export const useChosenModel = (): string | null => useHashParameter('model');
