import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowsSort,
  IconChecks,
  IconLayoutGrid,
  IconLayoutList,
  IconPlayerStop,
  IconSquareCheck,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Order, orders } from '../../model/triage-order';
import { AgreementButton } from '../agreement/AgreementButton';
import { useClinicServices } from '../context';
import { useTriageNow, useTriageState } from '../use-triage';

/** How the queue is looked at, and what is done to all of it. */
export function QueueControls({ running, count }: { running: boolean; count: number }) {
  const { t } = useTranslation();
  const { workbench, triage } = useClinicServices();
  const layout = useTriageState((state) => state.layout);
  const other = layout === 'list' ? 'grid' : 'list';
  const Icon = other === 'grid' ? IconLayoutGrid : IconLayoutList;
  return (
    <>
      {count > 1 && <PickControls />}
      <OrderMenu />
      <AgreementButton />
      <Control
        label={t(`viewer.queue.layout.${other}`)}
        shortcut="layout"
        run={() => triage.setLayout(other)}
      >
        <Icon size={18} aria-hidden />
      </Control>
      {running ? (
        <Control label={t('viewer.queue.cancel')} run={() => workbench.cancelAll()}>
          <IconPlayerStop size={18} aria-hidden />
        </Control>
      ) : (
        <Control label={t('viewer.queue.clear')} run={() => workbench.clear()}>
          <IconTrash size={18} aria-hidden />
        </Control>
      )}
    </>
  );
}

/** Picking by presses alone: a touch screen has no Shift and no Ctrl. */
function PickControls() {
  const { t } = useTranslation();
  const { triage } = useClinicServices();
  const { view } = useTriageNow();
  const picking = useTriageState((state) => state.picking);
  const all = () => triage.pickAll(view().rows.map(({ photo }) => photo.id));
  return (
    <>
      <Control
        label={t('pane.picking.toggle')}
        pressed={picking}
        run={() => (picking ? triage.clearPicks() : triage.startPicking())}
      >
        <IconSquareCheck size={18} aria-hidden />
      </Control>
      {picking && (
        <Control label={t('pane.picking.all')} run={all}>
          <IconChecks size={18} aria-hidden />
        </Control>
      )}
    </>
  );
}

function OrderMenu() {
  const { t } = useTranslation();
  const { triage } = useClinicServices();
  const order = useTriageState((state) => state.order);
  const label = t('viewer.queue.order.label', { order: t(`viewer.queue.order.${order}`) });
  return (
    <Menu position="bottom-start" transitionProps={{ duration: 120 }}>
      <Menu.Target>
        <Tooltip label={label} multiline maw="20rem">
          <ActionIcon
            size={28}
            variant="subtle"
            color={order === 'arrival' ? 'gray' : 'teal'}
            aria-label={label}
          >
            <IconArrowsSort size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown maw="min(24rem, 92vw)">
        <Menu.RadioGroup value={order} onChange={(value) => triage.setOrder(value as Order)}>
          {orders.map((choice) => (
            <Menu.RadioItem key={choice} value={choice} closeMenuOnClick>
              {t(`viewer.queue.order.${choice}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ControlProps {
  label: string;
  shortcut?: string;
  /** Of a button that stays pressed. */
  pressed?: boolean;
  run: () => void;
  children: React.ReactNode;
}

function Control({ label, shortcut, pressed, run, children }: ControlProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={28}
        variant={pressed ? 'filled' : 'subtle'}
        color={pressed ? 'teal' : 'gray'}
        aria-pressed={pressed}
        data-shortcut={shortcut}
        aria-label={label}
        onClick={run}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
