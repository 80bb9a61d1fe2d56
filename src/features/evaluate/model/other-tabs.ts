import { openChannel } from '../../../runtime/open-channel';
import { type TabChannel, tabChannel } from '../../../runtime/tab-channel';

/** By this name tabs tell each other that an evaluation was kept, changed or taken away. */
const changesChannel = 'lentigo-evaluations';

/** The other tabs of this browser that have evaluations. */
export interface OtherTabs extends TabChannel {
  /**
   * Does `work` while no other tab works at this run. False where one does: then nothing is done. Without
   * locks in the browser it is always done.
   */
  alone(runId: string, work: () => Promise<void>): Promise<boolean>;
}

/** `channel`, `locks`: null where the browser has none. */
export function otherTabsBy(
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'> | null,
  locks: Pick<LockManager, 'request'> | null,
): OtherTabs {
  return {
    ...tabChannel(channel),
    async alone(runId, work) {
      if (!locks) {
        await work();
        return true;
      }
      return locks.request(`lentigo-evaluation-${runId}`, { ifAvailable: true }, async (lock) => {
        if (lock) await work();
        return lock !== null;
      });
    },
  };
}

export const browserTabs = (): OtherTabs =>
  otherTabsBy(openChannel(changesChannel), globalThis.navigator?.locks ?? null);

export const noOtherTabs: OtherTabs = otherTabsBy(null, null);
