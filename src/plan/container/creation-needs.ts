import type { Diagnostic } from '../../problems/diagnostic.js';
import { mountedImages } from '../image/service-images.js';
import type { ServiceDecision } from './decide-services.js';
import type { ServiceContext } from './service-context.js';

/** What a container refers to must be there when it is created. */
export function creationAfter(
  { service }: ServiceDecision,
  { project, graph, made }: ServiceContext,
): (number | undefined)[] {
  const networks = [...service.networks.keys()].map((key) =>
    made.networks.get(project.networks.get(key)?.name ?? key),
  );
  const modeNetwork =
    service.networkMode?.kind === 'word' ? project.networks.get(service.networkMode.word) : undefined;
  const volumes = service.mounts.map((mount) =>
    made.volumes.get(project.volumes.get(mount.source ?? '')?.name ?? ''),
  );
  const containers = graph
    .dependenciesOf(service.name)
    .filter((edge) => edge.why !== 'depends_on')
    .flatMap((edge) => made.services.get(edge.to)?.containers ?? [])
    .map((ref) => (ref.kind === 'planned' ? ref.step : undefined));
  return [
    made.images.get(service.image),
    ...mountedImages(service).map((image) => made.images.get(image)),
    ...networks,
    modeNetwork === undefined ? undefined : made.networks.get(modeNetwork.name),
    ...volumes,
    ...containers,
  ];
}

/** Services whose namespace or volumes a new container should share, but that have no container and get none. */
export function missingParents(
  decision: ServiceDecision,
  { project, graph, containers, made }: ServiceContext,
): Diagnostic[] {
  const { service, replaced, missing } = decision;
  if (replaced.length + missing.length === 0) return [];
  const hasContainer = (name: string) =>
    (made.services.get(name)?.containers.length ?? 0) > 0 || containers.replicasOf(name).length > 0;
  return graph
    .dependenciesOf(service.name)
    .filter((edge) => edge.why !== 'depends_on' && edge.why !== 'links' && !hasContainer(edge.to))
    .map(({ to, why }): Diagnostic => {
      const span = project.origins.spanOf(['services', service.name, why]);
      return {
        code: 'apply/dependency-failed',
        severity: 'error',
        message: `service "${service.name}" cannot share ${why} with service "${to}": it has no container`,
        ...(span === undefined ? {} : { span }),
        hint: `start "${to}" too`,
      };
    });
}
