// What one waits for with the commands that are used a hundred times a day, from the start of the process to its end.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sideBySide, timed } from '../measure/process.mjs';
import { Tally } from '../measure/tally.mjs';
import { generateProject } from '../projects/generate-project.mjs';
import { independent, replicas } from '../projects/up-projects.mjs';
import { commandOf } from '../tools.mjs';

export const title = 'short commands, and what starting Node and the docker CLI takes of them';

const usualRounds = 15;
/** The first run of a command finds nothing of what V8 compiled, the second one that of the first. */
const warmups = 2;

export async function run({ tools, workDir, roundsOf, say }) {
  const tally = new Tally();
  const all = [tools.ours, tools.executable, tools.dockerCli, tools.dockerCompose].filter(Boolean);
  const rounds = roundsOf(usualRounds);
  /** `argsOf`: what each tool is called with. */
  const measure = async (name, argsOf) => {
    say(`${name}, ${rounds} rounds`);
    const commands = all.map((tool) => commandOf(tool, ...argsOf(tool)));
    await sideBySide(tally, name, [commandOf(tools.node, '-e', '0'), ...commands], { rounds, warmups });
  };
  const file = (name, text) => {
    const path = join(workDir, name);
    writeFileSync(path, text);
    return path;
  };
  await measure('version', () => ['version']);
  for (const services of [2, 50]) {
    const path = file(`start-${services}.yaml`, generateProject(services));
    await measure(`config -q, ${services} services`, () => ['-f', path, 'config', '-q']);
  }
  await runningStacks(file('start-up.yaml', independent(50)), tools, measure);
  await manyContainers(file('start-many.yaml', replicas(500)), tools, measure);
  return tally.cases();
}

/** Each has a stack of its own to bring up again; all list the containers of the same. */
async function runningStacks(file, { ours, dockerCompose }, measure) {
  const ownerOf = ({ who }) => (who.startsWith('tscompose') ? 'ours' : 'theirs');
  const stackOf = (tool) => ['-f', file, '-p', `bench-start-${ownerOf(tool)}-${process.pid}`];
  const makers = [ours, dockerCompose].filter(Boolean);
  try {
    for (const tool of makers) await timed(commandOf(tool, ...stackOf(tool), 'up', '-d'));
    await measure('ps, 50 services', () => [...stackOf(ours), 'ps']);
    await measure('up -d with nothing to do, 50 services', (tool) => [...stackOf(tool), 'up', '-d']);
  } finally {
    for (const tool of makers) await timed(commandOf(tool, ...stackOf(tool), 'down', '-t', '0'));
  }
}

async function manyContainers(file, { ours }, measure) {
  const stack = ['-f', file, '-p', `bench-start-many-${process.pid}`];
  try {
    await timed(commandOf(ours, ...stack, 'create'));
    await measure('ps -a, 500 containers', () => [...stack, 'ps', '-a']);
  } finally {
    await timed(commandOf(ours, ...stack, 'down', '-t', '0'));
  }
}
