import { Group, Modal, type ModalRootProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props extends Omit<ModalRootProps, 'title' | 'opened'> {
  title: ReactNode;
  onClose: () => void;
}

/**
 * A dialog that is open. In parts, because Mantine's own Modal.Header is a second <header> beside that of the
 * page.
 */
export function Dialog({ title, onClose, children, ...others }: Props) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened onClose={onClose} transitionProps={{ duration: 120 }} {...others}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Group justify="space-between" wrap="nowrap" mb="sm">
            <Modal.Title fw={600} fz="lg">
              {title}
            </Modal.Title>
            <Modal.CloseButton aria-label={t('app.dismiss')} />
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
