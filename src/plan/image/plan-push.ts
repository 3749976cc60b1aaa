import type { Plan } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import { PlanBuilder } from '../plan-builder.js';
import { hasNamedImage } from './service-images.js';

/** What a person asks of `push`. */
export interface PushRequest {
  /** Empty: all. */
  readonly services: readonly string[];
  readonly dependencies: 'with-dependencies' | 'without-dependencies';
}

/** Plans the push of what is built here and has a name to be pushed under, with all its further tags. */
export function planPush(project: Project, services: readonly string[]): Plan {
  const plan = new PlanBuilder(project.name);
  const planned = new Set<string>();
  for (const name of services) {
    const service = project.services.get(name);
    if (service === undefined || service.provider !== undefined) continue;
    const { image, build } = service;
    if (build === undefined || !hasNamedImage(project, service)) {
      const why = build === undefined ? 'not-built' : 'unnamed';
      plan.note({ kind: 'image-left', action: 'push', service: name, reference: image, why });
      continue;
    }
    for (const reference of new Set([image, ...build.tags])) {
      if (planned.has(reference)) continue;
      planned.add(reference);
      plan.add('push-image', { reference }, { reason: { kind: 'requested' }, service: name });
    }
  }
  return plan.finish();
}
