import { useHash } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { createKiosk, type Kiosk } from '../../cases/kiosk/kiosk';
import { useServices } from '../../ui/context';
import { drawSample } from '../../ui/draw-sample';
import { KioskFrame } from './KioskFrame';
import { KioskProvider } from './kiosk-context';
import { localKeep } from './local-keep';
import { pageRequests } from './page-requests';

/** The kiosk, anew for every address: `#/kiosk?timeout=30`. */
export function KioskScreen() {
  const [hash] = useHash({ getInitialValueInEffect: false });
  const query = hash.split('?')[1] ?? '';
  return <OpenKiosk key={query} query={query} />;
}

function OpenKiosk({ query }: { query: string }) {
  const { engine, machine, forgetPhotos } = useServices();
  const [kiosk, setKiosk] = useState<Kiosk | null>(null);
  useEffect(() => {
    const made = createKiosk({
      engine,
      machine,
      keep: localKeep,
      query: new URLSearchParams(query),
      page: document.baseURI,
      fetch: (url) => fetch(url),
      draw: (seed) => drawSample(seed),
      pageRequests,
      onForget: forgetPhotos,
    });
    // A photo that was open in another screen is nobody's business here.
    forgetPhotos();
    setKiosk(made);
    return made.start();
  }, [engine, machine, forgetPhotos, query]);
  return (
    kiosk && (
      <KioskProvider kiosk={kiosk}>
        <KioskFrame />
      </KioskProvider>
    )
  );
}
