import type { FileResourceSpec, Project } from '../../model/project.js';
import { isSecretName } from '../../model/redact.js';
import type { ServiceSpec } from '../../model/service.js';
import type { BoundModel } from '../bind-model.js';
import type { LoadIo } from '../load-io.js';
import type { LoadedModel } from '../load-model.js';
import type { Services } from '../select-services.js';
import type { WireMap } from '../wire/wire-value.js';
import { toNetwork } from './network-specs.js';
import { originsOf } from './origins.js';
import { WireReader } from './read-wire.js';
import { toVolume } from './storage-specs.js';
import { toFileResource } from './to-file-resource.js';
import { type LoadingProject, toService } from './to-service.js';

/** The project of a loaded model. */
export async function toProject(model: LoadedModel, bound: BoundModel, io: LoadIo): Promise<Project> {
  const { source } = model;
  const environment = source.environment;
  const readers = (section: WireMap) => toSection(section, (_key, wire) => wire);
  const naming = { ...source, models: readers(bound.models), secrets: readers(bound.secrets) };
  return {
    name: source.name,
    nameSeparator: source.nameSeparator,
    ...(source.instance === undefined ? {} : { instance: source.instance }),
    workingDir: source.workingDir,
    configFiles: source.configFiles.map((file) => (file === '<stdin>' ? '-' : file)),
    environmentFiles: source.environmentFiles,
    services: toServices(naming, bound.services),
    inactiveServices: toServices(
      naming,
      new Map([...model.allServices].filter(([name]) => !bound.services.has(name))),
    ),
    networks: toSection(bound.networks, toNetwork),
    volumes: toSection(bound.volumes, toVolume),
    configs: await toFiles(bound.configs, environment, io),
    secrets: await toFiles(bound.secrets, environment, io),
    origins: originsOf(model.tree),
    secretVariables: valuesIf(environment, isSecretName),
    envFileVariables: valuesIf(environment, (name, value) => {
      const isOurs = name === 'PWD' || name === 'COMPOSE_PROJECT_NAME';
      return !isOurs && io.environment.get(name) !== value;
    }),
  };
}

function valuesIf(
  environment: ReadonlyMap<string, string>,
  isWanted: (name: string, value: string) => boolean,
): Set<string> {
  return new Set([...environment].filter(([name, value]) => isWanted(name, value)).map(([, value]) => value));
}

function toServices(project: LoadingProject, services: Services): Map<string, ServiceSpec> {
  return new Map([...services].map(([name, wire]) => [name, toService(project, name, wire)]));
}

function toSection<T>(section: WireMap, convert: (key: string, wire: WireReader) => T): Map<string, T> {
  return new Map([...section].map(([key, value]) => [key, convert(key, new WireReader(value))]));
}

async function toFiles(
  section: WireMap,
  environment: ReadonlyMap<string, string>,
  io: LoadIo,
): Promise<Map<string, FileResourceSpec>> {
  const files = new Map<string, FileResourceSpec>();
  for (const [key, value] of section) {
    files.set(key, await toFileResource(key, new WireReader(value), environment, io));
  }
  return files;
}
