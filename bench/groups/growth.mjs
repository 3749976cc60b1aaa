// How what is done once for each service grows with their number: linear is what takes the same for each of 5,000 as for
// each of 1,000.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { bundled } from '../bundled.mjs';
import { inTurn } from '../measure/process.mjs';
import { Tally } from '../measure/tally.mjs';
import { names } from '../names.mjs';

export const title = '500 to 5,000 services from their text until they are gone, on the engine in memory';

const sizes = [500, 1000, 2000, 5000];
const oneSize = join(import.meta.dirname, '../growth/one-size.mjs');

export async function run({ workDir, roundsOf, say }) {
  const parts = await bundled(join(import.meta.dirname, '../growth/parts.ts'), workDir);
  const tally = new Tally();
  const rounds = roundsOf(5);
  for (const { item: services, round, isMeasured } of inTurn(sizes, rounds, 0)) {
    say(`${services} services, round ${round + 1} of ${rounds}`);
    const output = execFileSync(process.execPath, [oneSize, parts, String(services)], { encoding: 'utf8' });
    for (const [phase, measures] of Object.entries(JSON.parse(output))) {
      if (isMeasured) tally.add(`${services} services: ${phase}`, { who: names.ours }, measures);
    }
  }
  return byPhase(tally.cases());
}

/** Sizes of one phase below each other, whatever was measured first. */
function byPhase(cases) {
  const phases = [...new Set(cases.map(({ name }) => phaseOf(name)))];
  return phases.flatMap((phase) =>
    sizes.flatMap((services) => cases.filter(({ name }) => name === `${services} services: ${phase}`)),
  );
}

function phaseOf(name) {
  return name.split(': ')[1];
}
