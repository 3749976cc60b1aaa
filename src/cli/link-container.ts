import type { ContainerProcess } from '../operate/start-container.js';
import { exitCode } from './exit-codes.js';
import type { CliIo } from './io.js';
import { linkTerminal, type TerminalLink } from './link-terminal.js';

export interface ContainerLink extends Pick<TerminalLink, 'terminal' | 'input' | 'detachKeys'> {
  /** `pass-on`: signals that we get are for the container. */
  readonly signals: 'pass-on' | 'ignore';
}

/** Our streams are those of a container until it ends, and its exit code is ours; 0 when the person lets go of it. */
export async function linkContainer(
  io: CliIo,
  container: ContainerProcess,
  link: ContainerLink,
): Promise<number> {
  const { terminal, input, detachKeys } = link;
  const stopPassing =
    link.signals === 'pass-on'
      ? io.onSignal((name) => void container.signal(name).catch(() => {}))
      : undefined;
  try {
    const resize = container.resize.bind(container);
    const outcome = await linkTerminal(io, container, { terminal, input, detachKeys, resize });
    if (outcome === 'detached') {
      container.detach();
      return exitCode.ok;
    }
    return await container.exitCode();
  } finally {
    stopPassing?.();
  }
}
