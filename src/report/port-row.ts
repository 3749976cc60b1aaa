import { given } from '../model/given.js';
import type { ServicePort } from '../model/looks.js';
import { hostAddress } from './container-row.js';
import type { Row, RowKind } from './row-format.js';

/** A published port, as `ports` shows it. */
export interface ShownPort extends ServicePort {
  /** What containers and files know it by; undefined: nothing. */
  readonly variable: string | undefined;
}

const titles = {
  Service: 'SERVICE',
  Name: 'CONTAINER',
  Target: 'PORT',
  Address: 'ADDRESS',
  Variable: 'VARIABLE',
  URL: 'URL',
  TargetPort: 'TARGET PORT',
  PublishedPort: 'PUBLISHED PORT',
  Protocol: 'PROTOCOL',
};

/** Only ports of instances have variables. */
export function portRows(ports: readonly ShownPort[]): RowKind {
  const hasVariables = ports.some(({ variable }) => variable !== undefined);
  const columns = ['Service', 'Name', 'Target', 'Address', ...(hasVariables ? ['Variable'] : [])];
  return { titles, columns, json: 'list' };
}

/** `URL` and what follows are the words of `ps --format json` and `port --format json`. */
export function portRow({
  service,
  container,
  hostIp,
  published,
  target,
  protocol,
  variable,
}: ShownPort): Row {
  return {
    Service: service,
    Name: container,
    Target: `${target}/${protocol}`,
    Address: hostAddress(hostIp, published),
    URL: hostIp,
    TargetPort: target,
    PublishedPort: published,
    Protocol: protocol,
    ...given({ Variable: variable }),
  };
}
