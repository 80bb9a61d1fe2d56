import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** In the place of figures and plots that are being fetched. */
export function Measuring() {
  const { t } = useTranslation();
  return <Loader size="sm" aria-label={t('evaluate.measuring')} />;
}
