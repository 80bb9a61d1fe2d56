/**
 * Whether a request's Host header names this machine. A page of another site can point a name of its own at 127.0.0.1 (DNS rebinding), and its
 * browser then sends that name: whoever answers it hands our files to that site.
 */
export function isLoopbackHost(host: string | undefined, more: readonly string[] = []): boolean {
  const name = /^(\[[^\]]*\]|[^:]*)(:\d{1,5})?$/.exec(host?.toLowerCase() ?? '')?.[1];
  return name !== undefined && ['localhost', '127.0.0.1', '[::1]', ...more].includes(name);
}
