import { textOrder } from '../../model/order.js';
import { hostsAsList } from '../pairs.js';
import { type Binder, scalarText } from './bind.js';

/** `["host=ip"]`, sorted; a host may have several addresses. */
export const extraHosts: Binder = (node, context) => {
  if (node.kind === 'scalar' && node.value === null) return undefined;
  const list = hostsAsList(node);
  if (list === undefined) {
    return context.invalid(node, 'must be a mapping or a list of host=ip', 'config/wrong-type');
  }
  const hosts = new Set<string>();
  for (const item of list.items) {
    const written = scalarText(item) ?? '';
    const { host, addresses, problem } = parseHost(written);
    if (problem !== undefined) return context.invalid(item, problem);
    for (const address of addresses) hosts.add(`${host}=${address}`);
  }
  return hosts.size === 0 ? undefined : [...hosts].sort(textOrder);
};

/** `host=ip` or `host:ip`; the address may be IPv6 in brackets, and a comma separates several. */
function parseHost(written: string): { host: string; addresses: string[]; problem?: string } {
  const equals = written.indexOf('=');
  const at = equals === -1 ? written.indexOf(':') : equals;
  if (at === -1)
    return { host: written, addresses: [], problem: `invalid additional host, missing IP: ${written}` };
  const host = written.slice(0, at);
  if (host === '' || host.includes(':')) {
    return { host, addresses: [], problem: `bad host name '${host}'` };
  }
  const addresses = written
    .slice(at + 1)
    .split(',')
    .map(withoutBrackets);
  if (addresses.includes('')) {
    return { host, addresses, problem: `invalid additional host, missing IP: ${written}` };
  }
  return { host, addresses };
}

function withoutBrackets(address: string): string {
  const bare = address.trim();
  return bare.startsWith('[') && bare.endsWith(']') ? bare.slice(1, -1) : bare;
}
