import type { PortSpec } from '../model/service.js';
import { UsageError } from '../problems/errors.js';
import { parsePortSpec } from './canonical/port-spec.js';

/** Ports of the command line, in the short form of the files: `[[IP:]HOST:]CONTAINER[/PROTOCOL]`. Throws UsageError. */
export function parsePortFlag(text: string): readonly PortSpec[] {
  const parsed = parsePortSpec(text);
  if (parsed.ok) return parsed.ports;
  throw new UsageError(`invalid port "${text}": ${parsed.message}`, {
    hint: 'write HOST:CONTAINER, IP:HOST:CONTAINER or CONTAINER',
  });
}
