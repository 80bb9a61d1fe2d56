import { useLanguage, useRuntime } from './context';

/** The title of a package by its id; the id where the package is no longer there. */
export function useTitles(): (packageId: string) => string {
  const { read } = useLanguage();
  const list = useRuntime(({ cards }) => cards);
  return (packageId) => {
    const card = list.state === 'ready' && list.value.find(({ id }) => id === packageId);
    return card ? read(card.title) : packageId;
  };
}
