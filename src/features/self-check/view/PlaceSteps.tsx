import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { BodyMap } from '../../../ui/body-map/BodyMap';
import { type SelfCheckAnswers, specialSites } from '../model/outcome';
import type { SelfCheck } from '../model/self-check';
import { Choices, Question } from './Question';

/** Where the spot is, on a body to be tapped. */
export function PlaceStep({ check }: { check: SelfCheck }) {
  const { t } = useTranslation();
  const place = useStore(check.store, ({ answers }) => answers.place);
  return (
    <Question heading={t('selfCheck.place.heading')} help={t('selfCheck.place.help')}>
      <BodyMap
        label={t('selfCheck.place.heading')}
        value={place}
        onChange={(to) => check.answer({ place: to })}
      />
      <Text ta="center" fw={600} size="lg" role="status">
        {place ? t(`report.site.${place}`) : t('selfCheck.place.none')}
      </Text>
      <Stack gap="sm">
        <Button size="lg" fullWidth disabled={place === null} onClick={check.next}>
          {t('selfCheck.next')}
        </Button>
        <Button
          size="lg"
          fullWidth
          variant="subtle"
          onClick={() => {
            check.answer({ place: null });
            check.next();
          }}
        >
          {t('selfCheck.unknown')}
        </Button>
      </Stack>
    </Question>
  );
}

/** The places that no photo model here knows. */
export function SpecialStep({ check }: { check: SelfCheck }) {
  const { t } = useTranslation();
  const special = useStore(check.store, ({ answers }) => answers.special);
  const choose = (value: SelfCheckAnswers['special']) => {
    check.answer({ special: value });
    check.next();
  };
  const choices = [...specialSites, 'none' as const].map((value) => ({
    value,
    label: t(`selfCheck.special.${value}`),
  }));
  return (
    <Question heading={t('selfCheck.special.heading')} help={t('selfCheck.special.help')}>
      <Choices
        choices={[...choices, { value: null, label: t('selfCheck.unknown') }]}
        chosen={special ?? undefined}
        onChoose={choose}
      />
    </Question>
  );
}
