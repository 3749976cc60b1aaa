import { main } from '../../../src/cli/main.js';
import { hostFacts } from '../host-facts.js';
import type { HttpRegistry } from '../http-registry.js';
import { commandOfLine, mayLast } from './canary-lines.js';
import { type CanaryEngine, tellingPrograms } from './canary-states.js';
import type { CanaryWorld } from './canary-world.js';

/** What one command line writes in a world; a Ctrl-C ends what lasts. */
export async function runLine(
  line: readonly string[],
  world: CanaryWorld,
  engine: CanaryEngine,
  registry: HttpRegistry,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const io = world.io(engine.engine, tellingPrograms(engine.trouble));
  const words = line.map((word) => word.replace('REGISTRY', registry.host));
  const end = () => {
    io.interrupt();
    if (commandOfLine(line)[0] === 'attach') void engine.endAttached();
  };
  const ending = mayLast(line) ? setInterval(end, 30) : undefined;
  try {
    await main(words, { ...io, hostFacts: hostFacts() });
    return io.written;
  } finally {
    clearInterval(ending);
  }
}
