import { findProgram, otherBrowsers } from '../../scripts/other-browsers';
import { openFirefox } from './firefox';
import type { DrivenPage } from './webdriver';
import { openWebKit } from './webkit';

/** A browser of this machine, or the sentence that says what is missing. */
export type Installed =
  | {
      open: () => Promise<DrivenPage>;
      /** Whether its window is a private one, which keeps no photos: WebKit's driver opens no other. */
      privateWindow: boolean;
    }
  | { missing: string };

/** The browsers beside Chromium whose engines people use. */
export const engines: Record<keyof typeof otherBrowsers, () => Installed> = {
  firefox() {
    const program = findProgram(otherBrowsers.firefox.programs[0]);
    return program
      ? { open: () => openFirefox(program), privateWindow: false }
      : { missing: 'Firefox is not installed here.' };
  },
  webkit() {
    const [driver, screen] = otherBrowsers.webkit.programs.map(findProgram);
    return driver && screen
      ? { open: () => openWebKit({ driver, screen }), privateWindow: true }
      : { missing: "WebKitGTK's driver and Xvfb are not installed here." };
  },
};
