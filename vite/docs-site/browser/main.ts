import './site.css';
import { returnToKiosk } from './kiosk-host';

/** What a page of the documentation does in the browser: the menu, the colours, the search. */

const find = <T extends Element>(selector: string) => document.querySelector<T>(selector);

returnToKiosk();
scrollBoxes();

const menu = find<HTMLButtonElement>('button.menu');
menu?.addEventListener('click', () => {
  const open = menu.getAttribute('aria-expanded') !== 'true';
  menu.setAttribute('aria-expanded', String(open));
  find('#pages')?.toggleAttribute('data-open', open);
});

find('button.colours')?.addEventListener('click', () => {
  const { documentElement } = document;
  const scheme = documentElement.dataset.mantineColorScheme === 'dark' ? 'light' : 'dark';
  documentElement.dataset.mantineColorScheme = scheme;
  try {
    // The app's own choice, which colour-scheme.js reads on every page.
    localStorage.setItem('mantine-color-scheme-value', scheme);
  } catch {
    // A browser that keeps nothing follows the system again on the next page.
  }
});

const field = find<HTMLInputElement>('.search input');
const results = find<HTMLElement>('#found');
if (field && results) {
  // The index comes when somebody goes to the field, so that it is there with the first letters.
  const load = () => import('./search').then(({ openSearch }) => openSearch(field, results));
  field.addEventListener('focus', () => void load().catch(() => sayFailed(results)), { once: true });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof Element && event.target.closest('input, textarea');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
  });
}

function sayFailed(results: HTMLElement): void {
  const { failed } = JSON.parse(results.dataset.words ?? '{}') as { failed?: string };
  results.textContent = failed ?? '';
  results.hidden = false;
}

/** What scrolls sideways takes the keyboard's focus, so that it scrolls without a mouse too. */
function scrollBoxes(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  for (const box of document.querySelectorAll('.scroll, pre')) observer.observe(box);
}
