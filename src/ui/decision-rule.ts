import { useTranslation } from 'react-i18next';
import { targetSensitivity } from '../core/decision/probability';
import { useLanguage } from './context';
import { formatShare } from './format';

/** How a card's threshold was set, in the user's language; a rule that is not known here is shown as it stands. */
export function useDecisionRule(): (rule: string) => string {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (rule) => {
    const sensitivity = targetSensitivity(rule);
    return sensitivity === null
      ? rule
      : t('answer.ruleSensitivity', { share: formatShare(sensitivity, language) });
  };
}
