import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Symptom, YesNo } from '../model/outcome';
import type { SelfCheck } from '../model/self-check';
import { Choices, Question } from './Question';
import { useCard } from './use-card';

interface Props {
  check: SelfCheck;
  symptom: Symptom;
}

/**
 * One symptom, in the words of the model's card where it is there: what is asked is what the model has
 * learned from.
 */
export function SymptomStep({ check, symptom }: Props) {
  const { t } = useTranslation();
  const { card, read } = useCard('lesion');
  const answered = useStore(check.store, ({ answers }) => answers.symptoms);
  const field = card?.metadata?.fields.find(({ id }) => id === symptom);
  const choose = (value: YesNo) => {
    check.answer({ symptoms: { ...answered, [symptom]: value } });
    check.next();
  };
  return (
    <Question
      heading={field ? read(field.name) : t(`selfCheck.symptom.${symptom}.question`)}
      help={t(`selfCheck.symptom.${symptom}.help`)}
    >
      <Choices<YesNo>
        choices={[
          { value: 'yes', label: t('selfCheck.yes') },
          { value: 'no', label: t('selfCheck.no') },
          { value: null, label: t('selfCheck.unknown') },
        ]}
        chosen={answered[symptom] ?? undefined}
        onChoose={choose}
      />
    </Question>
  );
}
