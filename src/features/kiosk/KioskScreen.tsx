import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function KioskScreen() {
  const { t } = useTranslation();
  return <Title order={1}>{t('page.kiosk')}</Title>;
}
