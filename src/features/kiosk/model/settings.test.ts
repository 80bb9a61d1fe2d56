import { expect, it } from 'vitest';
import { defaultSettings, readSettings, withPin, writeSettings } from './settings';

const from = (stored: string | null, query = '') => readSettings(stored, new URLSearchParams(query));

it('starts with the usual settings, and with those where what was kept is damaged', () => {
  for (const stored of [null, '', '{', '7', 'null', '{"timeout":"soon","language":"xx"}'])
    expect(from(stored).settings).toEqual(defaultSettings);
});

it('gives back what was kept', () => {
  const settings = { ...defaultSettings, timeout: 20, event: '피부과 학회', pin: '2580', models: ['a-b'] };
  expect(from(writeSettings(settings)).settings).toEqual(settings);
});

it('lets the address win, and says which settings it fixed', () => {
  const stored = writeSettings({ ...defaultSettings, timeout: 20, event: 'kept' });
  const { settings, fixed, ignored } = from(
    stored,
    'timeout=5&language=ko&models=one,two&samples=pictures/&figures=true&pin=1234',
  );
  expect(settings).toEqual({
    ...defaultSettings,
    event: 'kept',
    timeout: 5,
    language: 'ko',
    models: ['one', 'two'],
    samples: 'pictures/',
    figures: true,
    pin: '1234',
  });
  expect(fixed).toEqual(['timeout', 'language', 'models', 'samples', 'figures', 'pin']);
  expect(ignored).toEqual([]);
});

it('passes over what makes no sense, and says so', () => {
  const { settings, ignored } = from(
    null,
    'timeout=0&pin=12&models=../x&language=xx&figures=perhaps&tiemout=9&logo=data:image/png;,&languages=[]',
  );
  expect(settings).toEqual(defaultSettings);
  expect(ignored).toEqual([
    'timeout',
    'pin',
    'models',
    'language',
    'figures',
    'tiemout',
    'logo',
    'languages',
  ]);
});

it.each(['', '1111', '12', '25800'])('lets no address take a kept PIN away: ?pin=%s', (pin) => {
  const { settings, fixed, ignored } = from(writeSettings({ ...defaultSettings, pin: '2580' }), `pin=${pin}`);
  expect(settings.pin).toBe('2580');
  expect(fixed).toEqual([]);
  expect(ignored).toEqual(['pin']);
});

it('keeps a PIN from the address beside what was kept', () => {
  const stored = withPin(writeSettings({ ...defaultSettings, event: 'kept' }), '2580');
  expect(from(stored).settings).toEqual({ ...defaultSettings, event: 'kept', pin: '2580' });
  expect(from(stored, 'pin=2580')).toMatchObject({ settings: { pin: '2580' }, fixed: [], ignored: [] });
});

const dutch = { language: 'nl', name: 'Nederlands', dir: 'ltr' as const, texts: { 'kiosk.next': 'Verder' } };

it('speaks an added language, by the panel and by the address', () => {
  const stored = writeSettings({ ...defaultSettings, languages: [dutch], language: 'nl' });
  expect(from(stored).settings).toMatchObject({ language: 'nl', languages: [dutch] });
  expect(from(stored, 'language=ko').settings.language).toBe('ko');
  const kept = writeSettings({ ...defaultSettings, languages: [dutch] });
  expect(from(kept, 'language=nl')).toMatchObject({ settings: { language: 'nl' }, ignored: [] });
});

it('falls back to the browser’s language when an added one is gone', () => {
  expect(from(writeSettings({ ...defaultSettings, language: 'nl' })).settings.language).toBeNull();
});

it('takes a public address that a phone can reach, and no other', () => {
  expect(from(null, 'address=https://a.example/lentigo/').settings.address).toBe(
    'https://a.example/lentigo/',
  );
  for (const address of ['http://127.0.0.1/', 'a.example', 'javascript:alert(1)'])
    expect(from(null, `address=${address}`)).toMatchObject({
      settings: { address: '' },
      ignored: ['address'],
    });
});
