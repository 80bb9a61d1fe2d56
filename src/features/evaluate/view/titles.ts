import { useLanguage, useMachine } from '../../../ui/context';

/** The title of a package by its id; the id where the package is no longer there. */
export function useTitles(): (packageId: string) => string {
  const { read } = useLanguage();
  const arrival = useMachine(({ cards }) => cards);
  return (packageId) => {
    const card = arrival.state === 'here' && arrival.value.find(({ id }) => id === packageId);
    return card ? read(card.title) : packageId;
  };
}
