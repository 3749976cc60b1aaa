import type { Picture, PicturedNeed } from '../model/picture.js';

/**
 * The picture for programs: what there is and what belongs together. What each service is in detail, `config` says.
 * schema/output/graph.schema.json describes the members.
 */
export function drawJson({ project, services, needs, networks, volumes }: Picture): string {
  const document = {
    schemaVersion: 1,
    project,
    services: services.map(({ facts, ...service }) => service),
    needs: needs.map(needJson),
    networks,
    volumes,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const conditions = {
  healthy: 'service_healthy',
  completed: 'service_completed_successfully',
} as const;

function needJson({ from, to, state, marks }: PicturedNeed): object {
  return { from, to, condition: state === undefined ? 'service_started' : conditions[state], marks };
}
