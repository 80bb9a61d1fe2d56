import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shortcuts } from './shortcuts';
import styles from './tools.module.css';

/** Keys of what has the focus, and presses with a key held. */
const others = [
  { keys: '⇧ ↑ ↓', text: 'pick-range' },
  { keys: 'Ctrl / ⌘ ↑ ↓', text: 'focus-only' },
  { keys: '␣', text: 'pick-more' },
  { keys: '← ↑ → ↓', text: 'arrows' },
] as const;

/** The list of all keys. */
export function ShortcutHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('viewer.keys.title')}
      transitionProps={{ duration: 120 }}
      closeButtonProps={{ 'aria-label': t('app.dismiss') }}
    >
      <dl className={styles.keys}>
        {shortcuts.map((shortcut) => (
          <div key={shortcut.id}>
            <dt>
              <Kbd>{'control' in shortcut ? `Ctrl / ⌘ ${shortcut.key.toUpperCase()}` : shortcut.key}</Kbd>
            </dt>
            <dd>{t(`viewer.keys.${shortcut.id}`)}</dd>
          </div>
        ))}
        {others.map(({ keys, text }) => (
          <div key={text}>
            <dt>
              <Kbd>{keys}</Kbd>
            </dt>
            <dd>{t(`viewer.keys.${text}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
