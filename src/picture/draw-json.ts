import type { Picture, PicturedFact, PicturedNeed, PicturedService } from '../model/picture.js';

/** The picture for programs: one document, whose members schema/output/graph.schema.json describes. */
export function drawJson({ project, services, needs, networks, volumes }: Picture): string {
  const document = {
    schemaVersion: 1,
    project,
    services: services.map(serviceJson),
    needs: needs.map(needJson),
    networks,
    volumes,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function serviceJson({ name, tier, origin, isActive, marks, facts, networks }: PicturedService): object {
  const valuesOf = (kind: PicturedFact['kind']) => facts.find((fact) => fact.kind === kind)?.values ?? [];
  return {
    name,
    tier,
    origin,
    isActive,
    marks,
    networks,
    ports: valuesOf('ports'),
    volumes: valuesOf('volumes'),
    binds: valuesOf('binds'),
    configs: valuesOf('configs'),
    secrets: valuesOf('secrets'),
  };
}

const conditions = {
  healthy: 'service_healthy',
  completed: 'service_completed_successfully',
} as const;

function needJson({ from, to, state, marks }: PicturedNeed): object {
  return { from, to, condition: state === undefined ? 'service_started' : conditions[state], marks };
}
