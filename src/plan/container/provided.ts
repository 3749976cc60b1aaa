import { modelFacts, modelSource } from '../../model/model-facts.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';

/** Variables that providers gave, by the name of their service. */
export type ProvidedVariables = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The project in which every service has the variables of the providers that it directly depends on, and of its models. */
export function withProvided(project: Project, provided: ProvidedVariables): Project {
  if (provided.size === 0) return project;
  const services = [...project.services].map(([name, service]): [string, ServiceSpec] => {
    const own = [
      ...[...provided].filter(([provider]) => service.dependsOn.has(provider)),
      ...modelVariables(service, provided),
    ];
    return [name, own.length === 0 ? service : { ...service, provided: new Map(own) }];
  });
  return { ...project, services: new Map(services) };
}

function modelVariables(
  service: ServiceSpec,
  provided: ProvidedVariables,
): [string, ReadonlyMap<string, string>][] {
  return [...(service.models ?? [])].flatMap(([key, use]): [string, ReadonlyMap<string, string>][] => {
    const facts = provided.get(modelSource(key));
    if (facts === undefined) return [];
    const variables = new Map([
      [use.endpointVariable, facts.get(modelFacts.url) ?? ''],
      [use.modelVariable, facts.get(modelFacts.model) ?? ''],
    ]);
    return [[modelSource(key), variables]];
  });
}

/** The service as its containers get it: a provider's variables win over those of the file. */
export function withProvidedEnvironment(service: ServiceSpec): ServiceSpec {
  if (service.provided === undefined) return service;
  const variables = [...service.provided.values()].flatMap((each) => [...each]);
  return { ...service, environment: new Map([...service.environment, ...variables]) };
}

/** Begins the id of the field that has the variables of one provider. */
export const providedField = 'provided';

/** Ids of fields about which nothing can be said: a provider or the model runner has not been asked. */
export function unknownFields(service: ServiceSpec, project: Project): Set<string> {
  const sources = [
    ...[...service.dependsOn.keys()].filter((name) => project.services.get(name)?.provider !== undefined),
    ...[...(service.models?.keys() ?? [])].map(modelSource),
  ];
  const silent = sources.filter((name) => service.provided?.has(name) !== true);
  return new Set(silent.map((name) => `${providedField}.${name}`));
}
