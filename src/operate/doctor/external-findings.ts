import type { Engine } from '../../engine/engine.js';
import type { Finding } from '../../model/finding.js';
import { given } from '../../model/given.js';
import type { Project } from '../../model/project.js';

/** Networks and volumes that the files expect somebody else to have made, and that nobody has. */
export async function externalFindings(
  { networks, volumes, origins }: Project,
  engine: Engine,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const external = [
    ...[...networks.values()].map((network) => ({ kind: 'network', ...network }) as const),
    ...[...volumes.values()].map((volume) => ({ kind: 'volume', ...volume }) as const),
  ].filter(({ isExternal }) => isExternal);
  const findings = await Promise.all(
    external.map(async ({ kind, key, name }): Promise<Finding[]> => {
      const found =
        kind === 'network' ? await engine.findNetwork(name, signal) : await engine.findVolume(name, signal);
      if (found !== undefined) return [];
      const span = origins.spanOf([`${kind}s`, key]);
      return [
        {
          topic: 'project',
          check: 'external-resources',
          state: 'problem',
          text: `external ${kind} "${name}" does not exist`,
          advice: `docker ${kind} create ${name}, or leave out "external: true"`,
          ...given({ span }),
        },
      ];
    }),
  );
  return findings.flat();
}
