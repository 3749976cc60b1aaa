import type { Program } from '../../../src/engine/memory/memory-container.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { MemoryProcess } from '../../../src/engine/memory/memory-streams.js';
import type { ExecSpec } from '../../../src/engine/process-port.js';
import type { ContainerSpec } from '../../../src/model/container-spec.js';
import { archiveContract } from '../../engine/archive-suite.js';
import { beside, own, processContract } from '../../engine/process-suite.js';

const connect = async () => new MemoryEngine({ images: ['busybox:latest'], program: behaviourOf });

processContract('the engine in memory', connect);
archiveContract('the engine in memory', connect);

/** What the programs of the suites do when a real engine runs them. */
function behaviourOf({ service }: ContainerSpec<string>): Program {
  const { command } = service;
  if (command === own.echoes) return { main: echo };
  if (command === own.printsAtOnce)
    return { output: [{ stream: 'stdout', text: 'first words' }], exitCode: 0 };
  if (command?.[2] === 'exit 3') return { exitCode: 3 };
  return { exec: runBeside };
}

async function echo({ input, write }: MemoryProcess): Promise<number> {
  for await (const chunk of input) write('stdout', Buffer.from(chunk).toString().trimEnd());
  return 0;
}

async function runBeside(program: ExecSpec, { input, size, write }: MemoryProcess): Promise<number> {
  const { command, environment, workingDir, user } = program;
  if (command === beside.speaks) {
    write('stdout', 'out\n');
    write('stderr', 'err\n');
    return 7;
  }
  if (command === beside.endsItsOutputFirst) return 3;
  if (command === beside.showsVariables)
    write('stdout', `${environment.get('ONE')},\n${workingDir}\n${user}\n`);
  if (command === beside.counts) {
    let bytes = 0;
    for await (const chunk of input) bytes += chunk.length;
    write('stdout', `${bytes}\n`);
  }
  if (command === beside.showsSize) {
    await input[Symbol.asyncIterator]().next();
    write('stdout', `${size()?.rows} ${size()?.columns}\n`);
  }
  return 0;
}
