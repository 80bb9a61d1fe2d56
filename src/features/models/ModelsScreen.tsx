import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function ModelsScreen() {
  const { t } = useTranslation();
  return <Title order={1}>{t('page.models')}</Title>;
}
