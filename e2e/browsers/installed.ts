import { findProgram, otherBrowsers } from '../../scripts/other-browsers';
import { openFirefox } from './firefox';
import type { DrivenPage } from './webdriver';
import { openWebKit } from './webkit';

/** A browser of this machine, or the sentence that says what is missing. */
export type Installed = { open: () => Promise<DrivenPage> } | { missing: string };

/** The browsers beside Chromium whose engines people use. */
export const engines: Record<keyof typeof otherBrowsers, () => Installed> = {
  firefox() {
    const program = findProgram(otherBrowsers.firefox.programs[0]);
    return program ? { open: () => openFirefox(program) } : { missing: 'Firefox is not installed here.' };
  },
  webkit() {
    const [driver, screen] = otherBrowsers.webkit.programs.map(findProgram);
    return driver && screen
      ? { open: () => openWebKit({ driver, screen }) }
      : { missing: "WebKitGTK's driver and Xvfb are not installed here." };
  },
};
