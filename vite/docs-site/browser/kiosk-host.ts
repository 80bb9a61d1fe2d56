/**
 * The host of a kiosk may read here, a visitor may not. The kiosk's pages for the host open the documentation with
 * `?kiosk=` and the kiosk's own settings. From then on every way to the app in this tab leads back to the kiosk, and so
 * does a while without a touch: a host who was called away leaves nothing open.
 */
const name = 'lentigo-kiosk-host';
const patienceMs = 5 * 60_000;

/** Does nothing in a tab that did not come from a kiosk. */
export function returnToKiosk(): void {
  const settings = kioskSettings();
  if (settings === null) return;
  const brand = document.querySelector<HTMLAnchorElement>('a.brand');
  if (!brand) return;
  brand.hash = `#/kiosk${settings && `?${settings}`}`;
  const kiosk = brand.href;
  let timer = 0;
  const touched = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => window.location.replace(kiosk), patienceMs);
  };
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll'])
    window.addEventListener(event, touched, { passive: true });
  touched();
}

/** The kiosk's settings as its address has them, kept for this tab alone; null where it is no kiosk's. */
function kioskSettings(): string | null {
  const given = new URLSearchParams(window.location.search).get('kiosk');
  try {
    if (given !== null) sessionStorage.setItem(name, given);
    return sessionStorage.getItem(name);
  } catch {
    return given;
  }
}
