// How long it takes to read, check and normalise a project, from the start of the process to its end.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sideBySide } from '../measure/process.mjs';
import { Tally } from '../measure/tally.mjs';
import { generateProject } from '../projects/generate-project.mjs';
import { commandOf } from '../tools.mjs';

export const title = '`config -q` on generated projects';

/** More rounds where one takes less. */
const sizes = [
  { services: 2, rounds: 15 },
  { services: 50, rounds: 15 },
  { services: 500, rounds: 11 },
  { services: 5000, rounds: 3 },
];

export async function run({ tools: { ours, dockerCompose }, workDir, roundsOf, say }) {
  const tally = new Tally();
  for (const { services, rounds } of sizes) {
    const file = join(workDir, `compose-${services}.yaml`);
    writeFileSync(file, generateProject(services));
    const commands = [ours, dockerCompose]
      .filter(Boolean)
      .map((tool) => commandOf(tool, '-f', file, 'config', '-q'));
    say(`${services} services, ${roundsOf(rounds)} rounds`);
    await sideBySide(tally, `${services} services`, commands, { rounds: roundsOf(rounds) });
  }
  return tally.cases();
}
