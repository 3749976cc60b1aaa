/** Where a published port of a service can be reached from here. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** `127.0.0.1:49153`, `[::1]:49153`. */
  readonly address: string;
  /** `http://127.0.0.1:49153`; with another scheme, that one. */
  url(scheme?: string): string;
}

/** Addresses that stand for "all of this machine". */
const anyHost = new Set(['', '0.0.0.0', '::']);

/**
 * The endpoint of a port that the engine at `engineAddress` has published on `hostIp`. A port on all addresses of the
 * engine's machine is reached at 127.0.0.1 when that is this machine, else by the name that the engine is reached by.
 */
export function endpointOf(
  engineAddress: string,
  { hostIp, port }: { hostIp: string; port: number },
): Endpoint {
  const host = anyHost.has(hostIp) ? machineOf(engineAddress) : hostIp;
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return { host, port, address, url: (scheme = 'http') => `${scheme}://${address}` };
}

function machineOf(engineAddress: string): string {
  if (!/^(tcp|https?|ssh):/.test(engineAddress)) return '127.0.0.1';
  // Only of the schemes of the web does URL read the host in all its forms.
  const { hostname } = new URL(engineAddress.replace(/^\w+:/, 'http:'));
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
