import { expect, it } from 'vitest';
import { isPublicAddress, takeawayAddress } from './takeaway-address';

it.each([
  ['', 'https://a.example/lentigo/', 'https://a.example/lentigo/'],
  ['', 'https://a.example/lentigo/index.html?x=1#/kiosk', 'https://a.example/lentigo/'],
  ['https://b.example/skin', 'http://127.0.0.1:8321/', 'https://b.example/skin/'],
  ['http://192.168.1.4:8321/', 'http://localhost:8321/', 'http://192.168.1.4:8321/'],
  ['', 'http://127.0.0.1:8321/', null],
  ['', 'http://localhost:5173/', null],
  ['', 'http://[::1]:8321/', null],
  ['', 'file:///home/kiosk/index.html', null],
])('with %j set, a kiosk at %s sends phones to %s', (set, page, expected) => {
  expect(takeawayAddress(set, page)).toBe(expected);
});

it.each([
  'a.example',
  'ftp://a.example/',
  'https://127.0.0.1/',
  'javascript:alert(1)',
  'https://a:b@c.example/',
])('does not take %s for a public address', (address) => expect(isPublicAddress(address)).toBe(false));
