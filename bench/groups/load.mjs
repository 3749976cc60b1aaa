// How long it takes to read, check and normalise a project, from the start of the process to its end.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateProject } from '../generate-project.mjs';
import { shortNumber, sideBySide, table } from '../harness.mjs';

export const title = 'load: `config -q` on generated projects';

/** More rounds where one takes less. */
const sizes = [
  { services: 2, rounds: 15 },
  { services: 50, rounds: 15 },
  { services: 500, rounds: 11 },
  { services: 5000, rounds: 3 },
];

/** @param {{ours: string[], dockerCompose?: string, workDir: string, say(line: string): void}} context */
export function run({ ours, dockerCompose, workDir, say }) {
  return sizes.map(({ services, rounds }) => {
    const file = join(workDir, `compose-${services}.yaml`);
    writeFileSync(file, generateProject(services));
    const argv = ['-f', file, 'config', '-q'];
    const commands = [{ name: 'tscompose', argv: [...ours, ...argv] }];
    if (dockerCompose !== undefined)
      commands.push({ name: 'docker compose', argv: [dockerCompose, ...argv] });
    say(`  ${services} services, ${rounds} rounds`);
    return { services, results: sideBySide(commands, { rounds }) };
  });
}

/** What `run` found, for the eye. */
export function format(cases) {
  const rows = cases.flatMap(({ services, results }) =>
    results.map((result) => row(services, result, results[1])),
  );
  return table([['services', 'command', 'median ms', 'min', 'max', 'ratio', 'peak MiB'], ...rows]);
}

function row(services, { name, wallMs, peakRssMiB }, reference) {
  const ratio = reference === undefined ? '-' : (wallMs.median / reference.wallMs.median).toFixed(2);
  const times = [wallMs.median, wallMs.min, wallMs.max].map(shortNumber);
  return [String(services), name, ...times, ratio, shortNumber(peakRssMiB)];
}
