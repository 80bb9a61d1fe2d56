import { Alert } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LeftOut } from '../model/photo-file';

/** So many are named; the others are counted. */
const most = 8;

/** Photos that were not taken over, and why. */
export function LeftOutList({ leftOut }: { leftOut: readonly LeftOut[] }) {
  const { t } = useTranslation();
  if (leftOut.length === 0) return null;
  const reason = (code: LeftOut['code']) =>
    code === 'absent' || code === 'twice' || code === 'full'
      ? t(`quiz.leftOut.${code}`)
      : `${t('quiz.leftOut.other')} (${code})`;
  return (
    <Alert
      role="status"
      variant="default"
      icon={<IconInfoCircle aria-hidden />}
      title={t('quiz.leftOut.heading', { count: leftOut.length })}
    >
      <ul>
        {leftOut.slice(0, most).map(({ name, code }) => (
          <li key={name}>
            {name}: {reason(code)}
          </li>
        ))}
        {leftOut.length > most && <li>{t('quiz.leftOut.more', { count: leftOut.length - most })}</li>}
      </ul>
    </Alert>
  );
}
