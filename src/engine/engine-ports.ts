import type { EnginePorts } from '../model/instance.js';
import type { Engine } from './engine.js';

/** An address of another machine. */
const farAddress = /^(tcp|https?|ssh):\/\/(?!(127\.0\.0\.1|localhost|\[::1\])[:/])/;

/** Ports that containers have where an engine runs. One call. */
export async function enginePorts(
  { address, machine }: Pick<Engine, 'address' | 'machine'>,
  signal?: AbortSignal,
): Promise<EnginePorts> {
  const published = await machine.listPublishedPorts(signal);
  return { machine: farAddress.test(address) ? 'elsewhere' : 'here', published };
}
