import { DirectionProvider } from '@mantine/core';
import { useHash } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { localStore } from '../../../runtime/local-store';
import { useServices } from '../../../ui/context';
import { createKiosk, type Kiosk } from '../model/kiosk';
import { pageRequests } from '../model/page-requests';
import { KioskContext } from './context';
import { KioskFrame } from './KioskFrame';

/** The kiosk, made again for every address: `#/kiosk?timeout=30`. */
export function KioskScreen() {
  const [hash] = useHash({ getInitialValueInEffect: false });
  const query = hash.split('?')[1] ?? '';
  return <OpenKiosk key={query} query={query} />;
}

function OpenKiosk({ query }: { query: string }) {
  const { engine, runtime, forgetPhotos } = useServices();
  const [kiosk, setKiosk] = useState<Kiosk | null>(null);
  useEffect(() => {
    const made = createKiosk({
      engine,
      runtime,
      storage: localStore,
      query: new URLSearchParams(query),
      page: document.baseURI,
      fetch: (url, init) => fetch(url, init),
      pageRequests,
      onForget: forgetPhotos,
    });
    // A photo that was open in another screen is nobody's business here.
    forgetPhotos();
    setKiosk(made);
    return made.start();
  }, [engine, runtime, forgetPhotos, query]);
  return (
    kiosk && (
      <KioskContext value={kiosk}>
        {/* Follows the direction of the language that is shown. */}
        <DirectionProvider>
          <KioskFrame />
        </DirectionProvider>
      </KioskContext>
    )
  );
}
