import type { MountSpec } from '../../model/mount.js';
import type { ServiceSpec } from '../../model/service.js';

/** What is written in several ways in the form that the engine keeps, so that equal meanings are equal. */
export function withEngineWords(service: ServiceSpec): ServiceSpec {
  return {
    ...service,
    command: nullIfEmpty(service.command),
    entrypoint: nullIfEmpty(service.entrypoint),
    environment: new Map([...service.environment].filter(([, value]) => value !== null)),
    capAdd: service.capAdd.map(capability),
    capDrop: service.capDrop.map(capability),
    ...(service.stopGracePeriodMs === undefined
      ? {}
      : { stopGracePeriodMs: Math.ceil(service.stopGracePeriodMs / 1000) * 1000 }),
    expose: service.expose.filter(
      (port) => !service.ports.some((own) => `${own.target}/${own.protocol}` === port),
    ),
    ports: service.ports.map(({ published, ...port }) =>
      published === undefined || published === '' || published === '0' ? port : { ...port, published },
    ),
    mounts: service.mounts.map(mountWords),
  };
}

/** No words and an empty list are the same once the image's own were put in. */
function nullIfEmpty(words: readonly string[] | null): readonly string[] | null {
  return words === null || words.length === 0 ? null : words;
}

function capability(name: string): string {
  return name.toUpperCase().replace(/^CAP_/, '');
}

/** Private propagation is what there is without a word; labels of Compose tools are no wish of anybody. */
function mountWords(mount: MountSpec): MountSpec {
  const { bind, volume, ...rest } = mount;
  return {
    ...rest,
    ...(bind === undefined ? {} : { bind: bindWords(bind) }),
    ...(volume === undefined
      ? {}
      : {
          volume: {
            ...volume,
            labels: new Map([...volume.labels].filter(([name]) => !isComposeLabel(name))),
          },
        }),
  };
}

function bindWords({ propagation, ...bind }: NonNullable<MountSpec['bind']>): NonNullable<MountSpec['bind']> {
  return propagation === undefined || propagation === 'rprivate' ? bind : { ...bind, propagation };
}

export function isComposeLabel(name: string): boolean {
  return name.startsWith('com.docker.compose.');
}
