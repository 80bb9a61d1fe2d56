import { ActionIcon, Text } from '@mantine/core';
import { IconArchive, IconCheck, IconChevronLeft, IconChevronRight, IconStar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queueStateOf } from '../model/queue-state';
import type { Mark } from '../model/triage-row';
import { useClinicServices, useWorkbench } from './context';
import { ItemOutcome } from './queue/ItemOutcome';
import { ItemSigns } from './queue/ItemSigns';
import styles from './tabs.module.css';
import { useTriageView } from './use-triage';

const keys = [
  { mark: 'starred', key: 'starred', Icon: IconStar },
  { mark: 'reviewed', key: 'reviewed', Icon: IconCheck },
  { mark: 'setAside', key: 'set-aside', Icon: IconArchive },
] as const satisfies { mark: Mark; key: string; Icon: typeof IconStar }[];

interface Props {
  onStep: (step: 1 | -1) => void;
  /** Shows the whole answer. */
  onAnswer: () => void;
}

/** On a phone, within the thumb's reach: what the photo came to, its marks, and the way to the next one. */
export function PhoneBar({ onStep, onAnswer }: Props) {
  const { t } = useTranslation();
  const { triage } = useClinicServices();
  const packageId = useWorkbench((state) => state.packageId);
  const selectedId = useWorkbench((state) => state.selectedId);
  const { rows } = useTriageView();
  const at = rows.findIndex(({ photo }) => photo.id === selectedId);
  const row = rows[at];
  if (!row) return null;
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('viewer.phone.label')}>
      <button type="button" className={styles.decision} onClick={onAnswer}>
        <ItemSigns row={row} size={34} />
        <span className={styles.said}>
          <ItemOutcome row={row} standing={queueStateOf(row.photo, packageId)} />
        </span>
        <Text component="span" size="sm" c="dimmed">
          {t('viewer.phone.place', { number: at + 1, count: rows.length })}
        </Text>
      </button>
      <div className={styles.keys}>
        <ActionIcon
          size={44}
          variant="default"
          aria-label={t('viewer.keys.previous')}
          disabled={at === 0}
          onClick={() => onStep(-1)}
        >
          <IconChevronLeft size={22} aria-hidden />
        </ActionIcon>
        {keys.map(({ mark, key, Icon }) => (
          <ActionIcon
            key={mark}
            size={44}
            variant={row.marks.includes(mark) ? 'filled' : 'default'}
            aria-label={t(`viewer.keys.${key}`)}
            aria-pressed={row.marks.includes(mark)}
            onClick={() => triage.mark([row.photo.id], mark)}
          >
            <Icon size={20} aria-hidden />
          </ActionIcon>
        ))}
        <ActionIcon
          size={44}
          variant="default"
          aria-label={t('viewer.keys.next')}
          disabled={at === rows.length - 1}
          onClick={() => onStep(1)}
        >
          <IconChevronRight size={22} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  );
}
