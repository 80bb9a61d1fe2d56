import { createInstance } from 'i18next';
import { expect, test } from 'vitest';
import {
  outcomeWords,
  type SelfCheckAnswers,
  type Symptom,
  selfCheck,
  symptoms,
  type YesNo,
} from '../model/outcome';
import { reasonText } from './reason-text';

const files = import.meta.glob<{ selfCheck: object }>('../../../app/languages/self-check.{en,ko}.json', {
  eager: true,
  import: 'default',
});

/** How each sign is spoken of, whatever the form of the word. */
const spoken = {
  en: { changed: /chang/i, grew: /gr[eo]w/i, bleed: /bl(ee|e)d/i, itch: /itch/i, hurt: /hurt/i },
  ko: { changed: /변하|변했/, grew: /커지|커졌/, bleed: /피가/, itch: /가려|가렵/, hurt: /아프/ },
} as const;
const places = { en: /palm/, ko: /손바닥/ } as const;

function* everyAnswer(): Generator<SelfCheckAnswers> {
  const said: YesNo[] = ['no', null, 'yes'];
  for (let code = 0; code < said.length ** symptoms.length; code++) {
    const answers = Object.fromEntries(
      symptoms.map((symptom, index) => [symptom, said[Math.floor(code / 3 ** index) % 3] ?? null]),
    ) as Record<Symptom, YesNo>;
    for (const special of ['none', null, 'nail'] as const)
      for (const place of ['back', 'genital', null] as const)
        yield { age: 40, sex: null, place, special, symptoms: answers };
  }
}

test.each(['en', 'ko'] as const)(
  'in %s no sentence asks for what was said, or calls unknown what is not',
  async (language) => {
    const i18n = createInstance();
    const translation = Object.entries(files).find(([path]) => path.endsWith(`${language}.json`))?.[1];
    await i18n.init({ lng: language, resources: { [language]: { translation: { ...translation } } } });
    const t = i18n.getFixedT(language);
    const signs = Object.entries(spoken[language]) as [keyof (typeof spoken)['en'], RegExp][];
    const problems: unknown[] = [];
    for (const answers of everyAnswer()) {
      const photo = { kind: 'not-asked' } as const;
      const result = selfCheck(answers, photo);
      const sentences = result.reasons.map((reason) => ({
        reason,
        text: reasonText(reason, answers, { t, language }),
      }));
      const outcome = outcomeWords(result, photo);
      const advice = [
        ...(['heading', 'what', 'when'] as const).map((part) => t(`selfCheck.outcome.${outcome}.${part}`)),
        ...(result.outcome === 'see-a-doctor' ? [] : [t('selfCheck.changes')]),
      ];
      const unknown = sentences.find(({ reason }) => reason === 'unknown')?.text ?? '';
      const all = [...sentences.map(({ text }) => text), ...advice];
      for (const [sign, word] of signs) {
        const answer = answers.symptoms[sign];
        // What could not be said is named, and nothing else.
        const open = answer === null && sign !== 'itch' && sign !== 'hurt';
        if (word.test(unknown) !== open) problems.push([sign, unknown, answers]);
        // What was said is said back once, and asked for nowhere.
        const about = all.filter((text) => word.test(text));
        if (answer === 'yes' && about.length !== 1) problems.push([sign, about, answers]);
      }
      const where = answers.special === null && answers.place !== 'genital';
      if (places[language].test(unknown) !== where || /\{\{|selfCheck/.test(unknown))
        problems.push([unknown, answers]);
    }
    expect(problems.slice(0, 3)).toEqual([]);
  },
);
