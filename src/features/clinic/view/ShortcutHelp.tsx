import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shortcuts } from './shortcuts';
import styles from './tools.module.css';

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
        {shortcuts.map(({ id, key }) => (
          <div key={id}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{t(`viewer.keys.${id}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <Kbd>← ↑ → ↓</Kbd>
          </dt>
          <dd>{t('viewer.keys.arrows')}</dd>
        </div>
      </dl>
    </Modal>
  );
}
