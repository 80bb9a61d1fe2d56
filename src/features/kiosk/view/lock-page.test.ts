// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockPage } from './lock-page';

let hostIsIn = false;
let unlock: () => void;

beforeEach(() => {
  hostIsIn = false;
  document.body.innerHTML = '<main><a href="#/clinic"><b>Clinic</b></a><button>A button</button></main>';
  unlock = lockPage(() => hostIsIn);
});
afterEach(() => unlock());

/** Whether the browser may still act on it. */
const allowed = (event: Event, target: EventTarget = document.body) => target.dispatchEvent(event);
const cancelable = { bubbles: true, cancelable: true };
const key = (key: string, more = {}) => new KeyboardEvent('keydown', { ...cancelable, key, ...more });
const drag = (name: string) => new Event(name, cancelable);
const button = () => document.querySelector('button') as Element;
const link = () => document.querySelector('b') as Element;

describe('a visitor', () => {
  it('has no way out by key', () => {
    for (const press of [key('p', { ctrlKey: true }), key('F5'), key('ArrowLeft', { altKey: true })])
      expect(allowed(press, button())).toBe(false);
    expect(allowed(key('Enter'), button())).toBe(true);
  });

  it.each(['contextmenu', 'dragstart', 'gesturestart', 'auxclick'])('has no %s', (name) => {
    expect(allowed(new Event(name, cancelable), button())).toBe(false);
  });

  it.each(['dragenter', 'dragover', 'drop'])('drops nothing on any part of the page: %s', (name) => {
    let heard = false;
    button().addEventListener(name, () => {
      heard = true;
    });
    for (const target of [document.documentElement, document.body, button()])
      expect(allowed(drag(name), target)).toBe(false);
    expect(heard).toBe(false);
  });

  it('zooms with no wheel and goes back with no button of the mouse', () => {
    const wheel = (ctrlKey: boolean) => Object.assign(new Event('wheel', cancelable), { ctrlKey });
    expect(allowed(wheel(true), button())).toBe(false);
    expect(allowed(wheel(false), button())).toBe(true);
    for (const button of [1, 2, 3, 4])
      expect(allowed(new MouseEvent('mouseup', { ...cancelable, button }))).toBe(false);
    expect(allowed(new MouseEvent('mouseup', { ...cancelable, button: 0 }))).toBe(true);
  });

  it('follows no link', () => {
    expect(allowed(new MouseEvent('click', cancelable), link())).toBe(false);
    expect(allowed(new MouseEvent('click', cancelable), button())).toBe(true);
  });
});

describe('the address', () => {
  const home = window.location.href;

  it.each(['popstate', 'hashchange'])('is put back: %s', (name) => {
    window.location.hash = '#/clinic';
    window.dispatchEvent(new Event(name));
    expect(window.location.href).toBe(home);
  });

  it('is put back where the shell took the kiosk away first', () => {
    window.location.hash = '#/clinic';
    unlock();
    expect(window.location.href).toBe(home);
  });

  it('is the host’s to change', () => {
    hostIsIn = true;
    window.location.hash = '#/clinic';
    window.dispatchEvent(new Event('popstate'));
    unlock();
    expect(window.location.hash).toBe('#/clinic');
    window.location.href = home;
  });
});

describe('the host', () => {
  it('has all keys and links, and still drops nothing', () => {
    hostIsIn = true;
    expect(allowed(key('F5'))).toBe(true);
    expect(allowed(new MouseEvent('click', cancelable), button())).toBe(true);
    expect(allowed(drag('drop'))).toBe(false);
  });
});

it('is open again afterwards', () => {
  unlock();
  for (const event of [key('F5'), drag('drop'), new Event('contextmenu', cancelable)])
    expect(allowed(event)).toBe(true);
});
