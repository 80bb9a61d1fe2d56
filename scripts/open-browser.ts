import { spawn } from 'node:child_process';

/** Shows an address in the machine's own browser, where there is a screen. */
export function openBrowser(url: string): void {
  const [program, ...options] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '']
        : ['xdg-open'];
  const onScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!program || !onScreen) return;
  // The address is on the terminal already, so a machine without a browser loses nothing.
  spawn(program, [...options, url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
