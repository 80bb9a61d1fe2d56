import { Button, Input, NumberInput, SegmentedControl, Stack } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { SelfCheck } from '../model/self-check';
import { Question } from './Question';

const oldest = 120;

/** Age and sex; both may stay open. */
export function AboutStep({ check }: { check: SelfCheck }) {
  const { t } = useTranslation();
  const { age, sex } = useStore(check.store, ({ answers }) => answers);
  const sexId = useId();
  return (
    <Question heading={t('selfCheck.about.heading')} help={t('selfCheck.about.help')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          check.next();
        }}
      >
        <Stack gap="lg">
          <NumberInput
            label={t('selfCheck.about.age')}
            description={t('selfCheck.about.ageHelp')}
            size="lg"
            min={0}
            max={oldest}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            inputMode="numeric"
            value={age ?? ''}
            onChange={(value) => check.answer({ age: typeof value === 'number' ? value : null })}
          />
          <Input.Wrapper
            label={t('selfCheck.about.sex')}
            labelElement="div"
            labelProps={{ id: sexId }}
            description={t('selfCheck.about.sexHelp')}
            size="lg"
          >
            <SegmentedControl
              fullWidth
              size="md"
              aria-labelledby={sexId}
              value={sex ?? 'none'}
              onChange={(value) =>
                check.answer({ sex: value === 'female' || value === 'male' ? value : null })
              }
              data={[
                { value: 'female', label: t('selfCheck.about.female') },
                { value: 'male', label: t('selfCheck.about.male') },
                { value: 'none', label: t('selfCheck.about.sexUnknown') },
              ]}
            />
          </Input.Wrapper>
          <Button type="submit" size="lg" fullWidth>
            {t(age === null ? 'selfCheck.about.withoutAge' : 'selfCheck.next')}
          </Button>
        </Stack>
      </form>
    </Question>
  );
}
