import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { expect, test } from 'vitest';
import { bodyPlaces } from '../../core/patient/body-sites';
import { BodyMap } from './BodyMap';

// Without texts a part shows its keys, and keys are enough here.
void i18next.use(initReactI18next).init({ lng: 'en', initAsync: false, resources: {} });
const drawn = (props: Partial<Parameters<typeof BodyMap>[0]>) =>
  renderToStaticMarkup(<BodyMap label="Place" value={null} onChange={() => undefined} {...props} />);
const count = (html: string, what: RegExp) => html.match(what)?.length ?? 0;

test('every place is drawn and can be chosen, with one stop for the Tab key', () => {
  const html = drawn({});
  const groups = html.split('<g role="radio"').map((group) => group.split('aria-hidden')[0] ?? '');
  for (const place of bodyPlaces)
    expect(groups.find((group) => group.includes(`data-place="${place}"`))).toContain('<path');
  expect(count(html, /role="radio"/g)).toBe(bodyPlaces.length);
  expect(count(html, /tabindex="0"/g)).toBe(1);
});

test('one place is checked; of a group, every place is marked and none checked', () => {
  expect(count(drawn({ value: 'hand' }), /aria-checked="true"/g)).toBe(1);
  const group = drawn({ value: 'head-neck' });
  expect(count(group, /aria-checked="true"/g)).toBe(0);
  expect(count(group, /data-within="true"/g)).toBe(6);
});

test('a place that is not offered is drawn, and cannot be reached', () => {
  const html = drawn({ offered: (place) => place !== 'genital' });
  expect(count(html, /role="radio"/g)).toBe(bodyPlaces.length - 1);
  expect(html).not.toContain('data-place="genital"');
});
